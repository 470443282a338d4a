#include "broker/access/StartedProgram.h"

#include "broker/platform/PeerCredentials.h"

namespace keybearer {

namespace {

constexpr std::size_t mostAncestors = 64; // a chain that is longer is none of ours

bool isProcess(const Caller& holder, std::int64_t pid, std::uint64_t startTime) {
    return holder.pid == pid && holder.startTime == startTime;
}

} // namespace

Caller programOf(const Caller& opener, const RunCommand& command) {
    Caller caller;
    caller.uid = opener.uid;
    caller.pid = command.pid;
    caller.startTime = command.startTime;
    caller.executable = command.executable;
    caller.parentPid = opener.pid;
    caller.parentStartTime = opener.startTime;
    caller.startedBy = opener.executable;
    caller.script = command.script;
    caller.workingDirectory = command.workingDirectory;
    caller.executableHash = command.executableHash;
    caller.scriptHash = command.scriptHash;
    caller.terminal = opener.terminal;
    // The command line is known, not guessed from a running process: as good as a program of its own.
    caller.identity = IdentityClass::Capability;
    return caller;
}

bool isFamily(const Caller& holder, const Caller& caller) {
    if (isProcess(holder, caller.pid, caller.startTime))
        return true;
    std::int64_t pid = caller.parentPid;
    for (std::size_t i = 0; i < mostAncestors && pid > 1; ++i) {
        const ProcessEvidence evidence = describeProcess(pid);
        if (isProcess(holder, pid, evidence.startTime))
            return true;
        pid = evidence.parentPid;
    }
    return false;
}

} // namespace keybearer
