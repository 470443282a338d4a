#include "broker/platform/InterpreterScript.h"
#include "broker/platform/PeerCredentials.h"

#include <cstring>
#include <libproc.h>
#include <string_view>
#include <sys/proc_info.h>
#include <sys/sysctl.h>
#include <vector>

namespace keybearer {

namespace {

constexpr std::uint64_t microseconds = 1'000'000;

std::string executableOf(pid_t pid) {
    char path[PROC_PIDPATHINFO_MAXSIZE];
    const int size = ::proc_pidpath(pid, path, sizeof path);
    return size <= 0 ? std::string() : std::string(path, static_cast<std::size_t>(size));
}

std::string workingDirectoryOf(pid_t pid) {
    proc_vnodepathinfo paths{};
    if (::proc_pidinfo(pid, PROC_PIDVNODEPATHINFO, 0, &paths, sizeof paths) != static_cast<int>(sizeof paths))
        return {};
    return paths.pvi_cdir.vip_path;
}

// KERN_PROCARGS2: the number of arguments, the executable's path, padding, then the arguments, each ended by
// NUL.
std::vector<std::string> argumentsOf(pid_t pid) {
    int name[] = {CTL_KERN, KERN_PROCARGS2, pid};
    int limitName[] = {CTL_KERN, KERN_ARGMAX};
    int limit = 0;
    std::size_t limitSize = sizeof limit;
    int count = 0;
    // Room for all of it: of a command line and environment that do not fit the kernel gives the last part.
    if (::sysctl(limitName, 2, &limit, &limitSize, nullptr, 0) != 0 || limit <= 0)
        return {};
    std::string raw(static_cast<std::size_t>(limit), '\0');
    std::size_t size = raw.size();
    if (::sysctl(name, 3, raw.data(), &size, nullptr, 0) != 0 || size < sizeof count)
        return {};
    raw.resize(size);
    std::memcpy(&count, raw.data(), sizeof count);
    std::size_t at = raw.find('\0', sizeof count);
    while (at < raw.size() && raw[at] == '\0')
        ++at;
    std::vector<std::string> arguments;
    while (at < raw.size() && count > 0 && arguments.size() < static_cast<std::size_t>(count)) {
        const std::size_t end = raw.find('\0', at);
        if (end == std::string::npos)
            break;
        arguments.push_back(raw.substr(at, end - at));
        at = end + 1;
    }
    return arguments;
}

} // namespace

ProcessEvidence describeProcess(std::int64_t pid) {
    ProcessEvidence evidence;
    const auto process = static_cast<pid_t>(pid);
    if (pid <= 0)
        return evidence;
    proc_bsdinfo facts{};
    if (::proc_pidinfo(process, PROC_PIDTBSDINFO, 0, &facts, sizeof facts) ==
        static_cast<int>(sizeof facts)) {
        evidence.parentPid = facts.pbi_ppid;
        evidence.startTime = facts.pbi_start_tvsec * microseconds + facts.pbi_start_tvusec;
        evidence.terminal = facts.e_tdev == UINT32_MAX ? 0 : facts.e_tdev;
    }
    evidence.executable = executableOf(process);
    if (evidence.parentPid > 0)
        evidence.startedBy = executableOf(static_cast<pid_t>(evidence.parentPid));
    if (isInterpreter(evidence.executable))
        evidence.script = scriptOf(argumentsOf(process), workingDirectoryOf(process));
    return evidence;
}

} // namespace keybearer
