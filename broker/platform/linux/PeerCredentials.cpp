#include "broker/platform/PeerCredentials.h"

#include <cerrno>
#include <cstring>
#include <sys/socket.h>

namespace keybearer {

Result<PeerCredentials> peerOf(int fd) {
    ucred peer{};
    socklen_t size = sizeof peer;
    if (::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0)
        return failure(ErrorCode::InvalidRequest,
                       std::string("the system does not say who is connected: ") + std::strerror(errno));
    // An unconnected socket answers with uid -1; pid 0 is a peer outside our process namespace.
    if (peer.uid == static_cast<uid_t>(-1))
        return failure(ErrorCode::InvalidRequest, "the socket is not connected");
    return PeerCredentials{static_cast<std::int64_t>(peer.uid), peer.pid};
}

} // namespace keybearer
