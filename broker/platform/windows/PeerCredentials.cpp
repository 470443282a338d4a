#include "broker/platform/PeerCredentials.h"

#include "broker/base/windows/OwnerOnly.h"

#include <charconv>
#include <io.h>

namespace keybearer {

namespace {

// The last number of an account's name, its relative identifier: one of a domain may have the same one as one
// of this machine, so the names are compared whole before.
std::int64_t lastNumber(const std::string& account) {
    std::int64_t number = -1;
    const std::size_t dash = account.rfind('-');
    if (dash != std::string::npos)
        std::from_chars(account.data() + dash + 1, account.data() + account.size(), number);
    return number;
}

} // namespace

Result<PeerCredentials> peerOf(int fd) {
    const auto pipe = reinterpret_cast<HANDLE>(::_get_osfhandle(fd));
    ULONG pid = 0;
    if (pipe == INVALID_HANDLE_VALUE || ::GetNamedPipeClientProcessId(pipe, &pid) == 0)
        return failure(ErrorCode::InvalidRequest,
                       "the system does not say who is connected: error " + std::to_string(::GetLastError()));
    const Handle process(::OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, pid));
    if (!process)
        return failure(ErrorCode::InvalidRequest,
                       "the process that is connected cannot be looked at: error " +
                           std::to_string(::GetLastError()));
    const Result<std::string> theirs = accountOf(process.get());
    if (!theirs || !ownAccount())
        return failure(theirs ? ownAccount().error() : theirs.error());
    if (*theirs != *ownAccount())
        return failure(ErrorCode::InvalidRequest, "a process of another account is connected: " + *theirs);
    return PeerCredentials{lastNumber(*theirs), static_cast<std::int64_t>(pid)};
}

} // namespace keybearer
