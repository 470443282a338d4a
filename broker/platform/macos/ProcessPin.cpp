#include "broker/platform/PeerProcess.h"

#include <cerrno>
#include <csignal>
#include <libproc.h>
#include <sys/proc_info.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace keybearer {

namespace {

constexpr std::uint64_t microseconds = 1'000'000;

std::uint64_t startOf(std::int64_t pid) {
    proc_bsdinfo facts{};
    if (::proc_pidinfo(static_cast<pid_t>(pid), PROC_PIDTBSDINFO, 0, &facts, sizeof facts) !=
        static_cast<int>(sizeof facts))
        return 0;
    return facts.pbi_start_tvsec * microseconds + facts.pbi_start_tvusec;
}

// The number of the process's incarnation, which the kernel raises with each exec: part of the audit token
// (LOCAL_PEERTOKEN), and told of any process by this call.
std::uint64_t incarnationOf(std::int64_t pid) {
#ifdef PROC_PIDUNIQIDENTIFIERINFO
    proc_uniqidentifierinfo unique{};
    if (::proc_pidinfo(static_cast<pid_t>(pid), PROC_PIDUNIQIDENTIFIERINFO, 0, &unique, sizeof unique) ==
        static_cast<int>(sizeof unique))
        return static_cast<std::uint64_t>(static_cast<std::uint32_t>(unique.p_idversion));
#else
    static_cast<void>(pid);
#endif
    return 0;
}

} // namespace

std::shared_ptr<const ProcessPin> ProcessPin::ofPeer(int, std::int64_t pid) {
    return ofProcess(pid);
}

std::shared_ptr<const ProcessPin> ProcessPin::ofProcess(std::int64_t pid) {
    const std::uint64_t since = pid > 0 ? startOf(pid) : 0;
    return since == 0 ? nullptr : std::shared_ptr<const ProcessPin>(new ProcessPin(pid, -1, since));
}

ProcessPin::~ProcessPin() = default;

bool ProcessPin::ended() const {
    return startOf(pid_) != since_;
}

ProgramMark markOf(std::int64_t pid) {
    ProgramMark mark;
    mark.startTime = startOf(pid);
    mark.stack = incarnationOf(pid);
    char path[PROC_PIDPATHINFO_MAXSIZE];
    struct stat file {};
    if (::proc_pidpath(static_cast<pid_t>(pid), path, sizeof path) > 0 && ::stat(path, &file) == 0) {
        mark.device = static_cast<std::uint64_t>(file.st_dev);
        mark.inode = static_cast<std::uint64_t>(file.st_ino);
    }
    return mark;
}

bool PeerProcess::stillTheSame() const {
    return pin == nullptr || (markOf(credentials.pid) == mark && !pin->ended());
}

} // namespace keybearer
