#include "broker/platform/Successor.h"

#include "broker/platform/HandedOver.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace keybearer {

namespace {

constexpr int firstHandedOver = 3;       // SD_LISTEN_FDS_START
constexpr int outOfTheWay = 64;          // above every number that is about to be overwritten
constexpr int highestDescriptor = 65536; // what is open above it was never ours

Error cannot(const char* what) {
    return {ErrorCode::InternalError, std::string(what).append(": ").append(std::strerror(errno)),
            "Start the broker again with: keybearer status"};
}

void closeOnExecFrom(int first) {
#ifdef __linux__
    if (::close_range(static_cast<unsigned>(first), ~0U, 4U /* CLOSE_RANGE_CLOEXEC */) == 0)
        return;
#endif
    for (int fd = first; fd < highestDescriptor; ++fd)
        ::fcntl(fd, F_SETFD, FD_CLOEXEC);
}

// First out of the way, then to where the successor looks for them.
bool place(const std::vector<Successor::Descriptor>& descriptors) {
    std::vector<int> aside;
    for (const Successor::Descriptor& each : descriptors) {
        const int copy = ::fcntl(each.fd, F_DUPFD_CLOEXEC, outOfTheWay);
        if (copy < 0)
            return false;
        aside.push_back(copy);
    }
    int target = firstHandedOver;
    for (const int copy : aside) {
        if (::dup2(copy, target++) < 0) // without FD_CLOEXEC
            return false;
    }
    closeOnExecFrom(target);
    return true;
}

} // namespace

Error become(const Successor& successor) {
    std::string names;
    for (const Successor::Descriptor& each : successor.descriptors)
        names.append(names.empty() ? "" : ":").append(each.name);
    if (!place(successor.descriptors))
        return cannot("cannot hand the sockets over");
    ::setenv("LISTEN_PID", std::to_string(::getpid()).c_str(), 1);
    ::setenv("LISTEN_FDS", std::to_string(successor.descriptors.size()).c_str(), 1);
    ::setenv("LISTEN_FDNAMES", names.c_str(), 1);
    std::vector<std::string> words{successor.program.string()};
    words.insert(words.end(), successor.arguments.begin(), successor.arguments.end());
    std::vector<char*> pointers;
    pointers.reserve(words.size() + 1);
    for (std::string& word : words)
        pointers.push_back(word.data());
    pointers.push_back(nullptr);
    ::execv(successor.program.c_str(), pointers.data());
    return cannot("cannot start the new version");
}

} // namespace keybearer
