#include "broker/daemon/CallerDescription.h"

#include "broker/platform/InterpreterScript.h"
#include "broker/platform/PeerCredentials.h"

namespace keybearer {

Caller describeCaller(int fd) {
    Caller caller;
    const Result<PeerCredentials> peer = peerOf(fd);
    if (!peer)
        return caller;
    caller.uid = peer->uid;
    caller.pid = peer->pid;
    const ProcessEvidence evidence = describeProcess(peer->pid);
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
