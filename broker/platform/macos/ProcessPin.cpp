#include "broker/platform/PeerProcess.h"

#include "broker/platform/macos/AuditToken.h"

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

std::uint64_t versionOf(std::int64_t pid) {
    const std::optional<audit_token_t> token = auditTokenOf(pid);
    return token ? versionIn(*token) : 0;
}

} // namespace

std::shared_ptr<const ProcessPin> ProcessPin::ofPeer(int socket, std::int64_t pid) {
    // Whoever connected and then executed another program, or ended, is not what has the number now.
    const std::optional<audit_token_t> peer = auditTokenOfPeer(socket);
    if (!peer || processIn(*peer) != pid || versionIn(*peer) != versionOf(pid))
        return nullptr;
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
    mark.stack = versionOf(pid); // it tells of every exec, better than the place of the stack
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
