#include "broker/platform/PeerCredentials.h"

#include <cerrno>
#include <cstring>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/un.h>
#include <unistd.h>

namespace keybearer {

Result<PeerCredentials> peerOf(int fd) {
    uid_t user = 0;
    gid_t group = 0;
    pid_t process = 0;
    socklen_t size = sizeof process;
    if (::getpeereid(fd, &user, &group) != 0 ||
        ::getsockopt(fd, SOL_LOCAL, LOCAL_PEERPID, &process, &size) != 0)
        return failure(ErrorCode::InvalidRequest,
                       std::string("the system does not say who is connected: ") + std::strerror(errno));
    return PeerCredentials{static_cast<std::int64_t>(user), process};
}

} // namespace keybearer
