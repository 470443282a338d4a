#include "broker/gateway/process/Confinement.h"

#include "broker/confinement/Confinement.h"

#include <sys/resource.h>

#if defined(__linux__)
#include <sys/prctl.h>
#endif

namespace keybearer {

namespace {

bool withoutDumps() {
    const rlimit none{0, 0};
    return ::setrlimit(RLIMIT_CORE, &none) == 0;
}

// A connection is a descriptor, and a hundred exchanges are a few hundred of them.
void withAllDescriptors() {
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) != 0)
        return;
    files.rlim_cur = files.rlim_max;
    static_cast<void>(::setrlimit(RLIMIT_NOFILE, &files));
}

} // namespace

bool confineProcess(std::vector<std::string>& missing) {
    withAllDescriptors();
    bool required = withoutDumps();
#if defined(__linux__)
    required = ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 && required;
    required = ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && required;
    // No file is written, no program started. The broker, the session bus, agents of all kinds: a program of
    // this user would be let in there, so no Unix socket either. What libraries make for themselves is a
    // socketpair, and names are looked up over the network.
    const Confined done = confine({});
    if (!done.files)
        missing.emplace_back("this kernel has no Landlock: files stay writable for the gateway");
    if (!done.calls)
        missing.emplace_back("this kernel has no seccomp filters: the gateway could start programs");
#else
    missing.emplace_back("this system has no Landlock and no seccomp");
#endif
    return required;
}

} // namespace keybearer
