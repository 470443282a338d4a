#include "broker/platform/InterpreterScript.h"
#include "broker/platform/PeerCredentials.h"

#include <cerrno>
#include <charconv>
#include <climits>
#include <fcntl.h>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace keybearer {

namespace {

constexpr std::size_t commandLineLimit = 64 * 1024; // the script stands near the front
constexpr std::size_t statLimit = 1024;             // /proc/PID/stat: 52 numbers and a name of 16 bytes

std::string procPath(std::int64_t pid, const char* what) {
    return "/proc/" + std::to_string(pid) + "/" + what;
}

std::string linkTarget(const std::string& link) {
    char target[PATH_MAX];
    const ssize_t size = ::readlink(link.c_str(), target, sizeof target);
    return size <= 0 || size == PATH_MAX ? std::string()
                                         : std::string(target, static_cast<std::size_t>(size));
}

// The kernel adds " (deleted)" when a package upgrade has replaced the file; a file may also be called that.
std::string executableOf(std::int64_t pid) {
    constexpr std::string_view mark = " (deleted)";
    const std::string link = procPath(pid, "exe");
    std::string path = linkTarget(link);
    if (path.size() <= mark.size() || path.compare(path.size() - mark.size(), mark.size(), mark) != 0)
        return path;
    struct stat status {};
    if (path.rfind("/memfd:", 0) != 0 && ::stat(link.c_str(), &status) == 0 && status.st_nlink == 0)
        path.resize(path.size() - mark.size());
    return path;
}

std::string readStart(const std::string& path, std::size_t limit) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return {};
    std::string content(limit, '\0');
    ssize_t size = 0;
    do {
        size = ::read(fd, content.data(), content.size());
    } while (size < 0 && errno == EINTR);
    ::close(fd);
    content.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
    return content;
}

// proc(5), /proc/PID/stat: fields after the command, which may itself hold spaces and parentheses.
void readStat(std::int64_t pid, ProcessEvidence& evidence) {
    const std::string text = readStart(procPath(pid, "stat"), statLimit);
    const std::size_t close = text.rfind(')');
    if (close == std::string::npos)
        return;
    const char* at = text.data() + close + 1;
    const char* end = text.data() + text.size();
    for (int field = 3; field <= 22 && at < end; ++field) {
        while (at < end && *at == ' ')
            ++at;
        if (field == 4)
            std::from_chars(at, end, evidence.parentPid);
        else if (field == 7)
            std::from_chars(at, end, evidence.terminal);
        else if (field == 22)
            std::from_chars(at, end, evidence.startTime);
        while (at < end && *at != ' ')
            ++at;
    }
}

std::vector<std::string> argumentsOf(std::int64_t pid) {
    const std::string text = readStart(procPath(pid, "cmdline"), commandLineLimit);
    std::vector<std::string> arguments;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find('\0', at);
        if (end == std::string::npos)
            break; // cut off by the limit
        arguments.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return arguments;
}

} // namespace

ProcessEvidence describeProcess(std::int64_t pid) {
    ProcessEvidence evidence;
    if (pid <= 0)
        return evidence;
    readStat(pid, evidence);
    evidence.executable = executableOf(pid);
    if (evidence.parentPid > 0)
        evidence.startedBy = executableOf(evidence.parentPid);
    if (isInterpreter(evidence.executable))
        evidence.script = scriptOf(argumentsOf(pid), linkTarget(procPath(pid, "cwd")));
    return evidence;
}

} // namespace keybearer
