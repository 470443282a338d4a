#include "broker/daemon/CallerDescription.h"

#include "broker/platform/InterpreterScript.h"
#include "broker/platform/PeerCredentials.h"

namespace keybearer {

Caller describeCaller(const std::shared_ptr<const PeerProcess>& process) {
    Caller caller;
    caller.process = process;
    caller.uid = process->credentials.uid;
    caller.pid = process->credentials.pid;
    const ProcessEvidence evidence = describeProcess(caller.pid);
    caller.startTime = evidence.startTime;
    caller.executable = evidence.executable;
    caller.interpreter = isInterpreter(evidence.executable);
    caller.script = evidence.script;
    caller.startedBy = evidence.startedBy;
    caller.parentPid = evidence.parentPid;
    caller.parentStartTime = describeProcess(evidence.parentPid).startTime;
    return caller;
}

} // namespace keybearer
