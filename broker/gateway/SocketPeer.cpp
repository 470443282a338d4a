#include "broker/gateway/SocketPeer.h"

#include <sys/socket.h>
#include <unistd.h>

namespace keybearer {

std::optional<std::int64_t> ownPeer(int descriptor) {
#if defined(__linux__)
    ucred peer{};
    socklen_t size = sizeof(peer);
    if (::getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0 || peer.uid != ::getuid())
        return {};
    return peer.pid;
#else
    uid_t user = 0;
    gid_t group = 0;
    if (::getpeereid(descriptor, &user, &group) != 0 || user != ::getuid())
        return {};
    return 0;
#endif
}

} // namespace keybearer
