#include "broker/platform/unix/LauncherSockets.h"

#include <cstdlib>
#include <fcntl.h>
#include <launch.h>

namespace keybearer {

// ESRCH: not started by launchd; ENOENT: its property list has no such socket.
std::vector<int> launcherSockets() {
    int* descriptors = nullptr;
    size_t count = 0;
    if (::launch_activate_socket("broker", &descriptors, &count) != 0)
        return {};
    std::vector<int> out(descriptors, descriptors + count);
    std::free(descriptors);
    for (const int fd : out)
        ::fcntl(fd, F_SETFD, FD_CLOEXEC);
    return out;
}

} // namespace keybearer
