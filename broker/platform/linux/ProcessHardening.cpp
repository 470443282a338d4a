#include "broker/platform/ProcessHardening.h"

#include <cerrno>
#include <cstring>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

namespace keybearer {

namespace {

tl::unexpected<Error> refused(const char* what) {
    return failure(ErrorCode::InternalError, std::string(what) + ": " + std::strerror(errno));
}

} // namespace

Result<void> hardenProcess() {
    ::umask(077);
    const rlimit none{0, 0};
    if (::setrlimit(RLIMIT_CORE, &none) != 0)
        return refused("cannot forbid core dumps");
    if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        return refused("cannot close the process to debuggers");
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return refused("cannot give up gaining privileges");
    return {};
}

} // namespace keybearer
