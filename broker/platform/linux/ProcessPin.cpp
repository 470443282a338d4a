#include "broker/platform/PeerProcess.h"

#include "broker/platform/linux/ProcLook.h"
#include "broker/platform/linux/ProcText.h"
#include "broker/platform/linux/ProgramLook.h"

#include <cerrno>
#include <poll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace keybearer {

namespace {

#ifdef SO_PEERPIDFD
constexpr int peerPidfd = SO_PEERPIDFD;
#else
constexpr int peerPidfd = 77; // asm-generic/socket.h since Linux 6.5; older headers lack the name
#endif

// The system call itself: glibc has a wrapper since 2.36 only. Close-on-exec by definition.
int openPidfd(std::int64_t pid) {
    return static_cast<int>(::syscall(SYS_pidfd_open, static_cast<pid_t>(pid), 0));
}

} // namespace

// Without SO_PEERPIDFD a number that was given to another process between connecting and now is not noticed;
// from here on it is.
std::shared_ptr<const ProcessPin> ProcessPin::ofPeer(int socket, std::int64_t pid) {
    int descriptor = -1;
    socklen_t size = sizeof descriptor;
    if (::getsockopt(socket, SOL_SOCKET, peerPidfd, &descriptor, &size) == 0)
        return std::shared_ptr<const ProcessPin>(new ProcessPin(pid, descriptor, 0));
    return errno == ENOPROTOOPT ? ofProcess(pid) : nullptr;
}

// The start time is read before and after: the same both times, so the descriptor belongs to that process.
std::shared_ptr<const ProcessPin> ProcessPin::ofProcess(std::int64_t pid) {
    if (pid <= 0)
        return nullptr;
    const std::uint64_t before = readProcStat(pid).startTime;
    const int descriptor = openPidfd(pid);
    if (descriptor < 0)
        return nullptr;
    auto pin = std::shared_ptr<const ProcessPin>(new ProcessPin(pid, descriptor, before));
    return readProcStat(pid).startTime == before && !pin->ended() ? pin : nullptr;
}

ProcessPin::~ProcessPin() {
    ::close(descriptor_);
}

bool ProcessPin::ended() const {
    pollfd wanted{descriptor_, POLLIN, 0};
    return ::poll(&wanted, 1, 0) != 0; // an error tells nothing good either
}

ProgramMark markOf(std::int64_t pid) {
    return markIn(lookAtProcess(pid, ProcEntry::Stat));
}

bool PeerProcess::stillTheSame() const {
    // In this order: then what was read was its own.
    return pin == nullptr || (markOf(credentials.pid) == mark && !pin->ended());
}

} // namespace keybearer
