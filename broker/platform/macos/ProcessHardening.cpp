#include "broker/platform/ProcessHardening.h"

#include <cerrno>
#include <cstring>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/types.h>

namespace keybearer {

Result<void> hardenProcess() {
    ::umask(077);
    const rlimit none{0, 0};
    if (::setrlimit(RLIMIT_CORE, &none) != 0)
        return failure(ErrorCode::InternalError,
                       std::string("cannot forbid core dumps: ") + std::strerror(errno));
    // Debuggers of the same user are turned away; the hardened runtime of the signed program does the rest.
    if (::ptrace(PT_DENY_ATTACH, 0, nullptr, 0) != 0)
        return failure(ErrorCode::InternalError,
                       std::string("cannot close the process to debuggers: ") + std::strerror(errno));
    return {};
}

} // namespace keybearer
