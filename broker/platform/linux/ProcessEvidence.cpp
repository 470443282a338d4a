#include "broker/platform/InterpreterScript.h"
#include "broker/platform/PeerCredentials.h"
#include "broker/platform/linux/ProcLook.h"
#include "broker/platform/linux/ProcText.h"

namespace keybearer {

ProcessEvidence describeProcess(std::int64_t pid) {
    ProcessEvidence evidence;
    if (pid <= 0)
        return evidence;
    const ProcStat stat = readProcStat(pid);
    evidence.parentPid = stat.parentPid;
    evidence.terminal = stat.terminal;
    evidence.startTime = stat.startTime;
    evidence.executable = executablePath(pid);
    if (evidence.parentPid > 0)
        evidence.startedBy = executablePath(evidence.parentPid);
    if (isInterpreter(evidence.executable))
        evidence.script =
            scriptOf(wordsIn(readProcFile(procPath(pid, "cmdline"), commandLineLimit).value_or("")),
                     lookAtProcess(pid, ProcEntry::Directory).text);
    return evidence;
}

} // namespace keybearer
