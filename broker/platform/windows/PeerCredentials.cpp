#include "broker/platform/PeerCredentials.h"

#include "broker/platform/windows/Handle.h"

#include <io.h>
#include <vector>

namespace keybearer {

namespace {

tl::unexpected<Error> silent() {
    return failure(ErrorCode::InvalidRequest,
                   "the system does not say who is connected: error " + std::to_string(::GetLastError()));
}

} // namespace

Result<PeerCredentials> peerOf(int fd) {
    const auto pipe = reinterpret_cast<HANDLE>(::_get_osfhandle(fd));
    ULONG pid = 0;
    if (pipe == INVALID_HANDLE_VALUE || ::GetNamedPipeClientProcessId(pipe, &pid) == 0)
        return silent();
    const Handle process(::OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, pid));
    HANDLE opened = nullptr;
    if (!process || ::OpenProcessToken(process.get(), TOKEN_QUERY, &opened) == 0)
        return silent();
    const Handle token(opened);
    DWORD size = 0;
    ::GetTokenInformation(token.get(), TokenUser, nullptr, 0, &size);
    std::vector<unsigned char> buffer(size);
    if (buffer.empty() || ::GetTokenInformation(token.get(), TokenUser, buffer.data(), size, &size) == 0)
        return silent();
    PSID sid = reinterpret_cast<const TOKEN_USER*>(buffer.data())->User.Sid;
    const auto last = static_cast<DWORD>(*::GetSidSubAuthorityCount(sid) - 1);
    return PeerCredentials{static_cast<std::int64_t>(*::GetSidSubAuthority(sid, last)),
                           static_cast<std::int64_t>(pid)};
}

} // namespace keybearer
