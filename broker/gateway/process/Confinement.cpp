#include "broker/gateway/process/Confinement.h"

#include <sys/resource.h>

#if defined(__linux__)
#include <linux/landlock.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
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

#if defined(__linux__)

// Rights of the first Landlock that can only change things; to read stays free.
constexpr std::uint64_t writing =
    LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
    LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR |
    LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
    LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM;

bool withoutWriting() {
    landlock_ruleset_attr rules{};
    rules.handled_access_fs = writing;
    const long set = ::syscall(SYS_landlock_create_ruleset, &rules, sizeof(rules), 0);
    if (set < 0)
        return false;
    const bool done = ::syscall(SYS_landlock_restrict_self, static_cast<int>(set), 0) == 0;
    ::close(static_cast<int>(set));
    return done;
}

bool withoutProcesses() {
    scmp_filter_ctx filter = ::seccomp_init(SCMP_ACT_ALLOW);
    if (filter == nullptr)
        return false;
    bool good = true;
    // io_uring does what other calls do without being asked for them here; what keys and namespaces open is
    // nothing of ours.
    for (const int call : {SCMP_SYS(execve),
                           SCMP_SYS(execveat),
                           SCMP_SYS(ptrace),
                           SCMP_SYS(kcmp),
                           SCMP_SYS(process_vm_readv),
                           SCMP_SYS(process_vm_writev),
                           SCMP_SYS(pidfd_getfd),
                           SCMP_SYS(perf_event_open),
                           SCMP_SYS(io_uring_setup),
                           SCMP_SYS(io_uring_enter),
                           SCMP_SYS(io_uring_register),
                           SCMP_SYS(keyctl),
                           SCMP_SYS(add_key),
                           SCMP_SYS(request_key),
                           SCMP_SYS(userfaultfd),
                           SCMP_SYS(kexec_load),
                           SCMP_SYS(bpf),
                           SCMP_SYS(mount),
                           SCMP_SYS(unshare),
                           SCMP_SYS(setns),
                           SCMP_SYS(init_module),
                           SCMP_SYS(finit_module)})
        good = ::seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), call, 0) == 0 && good;
    // The broker, the session bus, agents of all kinds: a program of this user would be let in there. What
    // libraries make for themselves is a socketpair, and names are looked up over the network.
    good = ::seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(socket), 1,
                              SCMP_A0(SCMP_CMP_EQ, AF_UNIX)) == 0 &&
           good;
    good = good && ::seccomp_load(filter) == 0;
    ::seccomp_release(filter);
    return good;
}

#endif

} // namespace

bool confineProcess(std::vector<std::string>& missing) {
    withAllDescriptors();
    bool required = withoutDumps();
#if defined(__linux__)
    required = ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 && required;
    required = ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && required;
    if (!withoutWriting())
        missing.emplace_back("this kernel has no Landlock: files stay writable for the gateway");
    if (!withoutProcesses())
        missing.emplace_back("this kernel has no seccomp filters: the gateway could start programs");
#else
    missing.emplace_back("this system has no Landlock and no seccomp");
#endif
    return required;
}

} // namespace keybearer
