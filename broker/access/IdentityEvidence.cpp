#include "broker/access/IdentityEvidence.h"

namespace keybearer {

void takeFacts(Caller& caller, const ProcessFacts& facts) {
    caller.startTime = facts.startTime;
    caller.executable = facts.executable;
    caller.interpreter = facts.interpreter;
    caller.script = facts.script;
    caller.systemOwned = facts.systemOwned;
    caller.workingDirectory = facts.workingDirectory;
    caller.terminal = facts.terminal;
    caller.unit = facts.unit;
    caller.sandbox = facts.sandbox;
    caller.signer = facts.signer;
    caller.remarks = facts.remarks;
    caller.parentPid = facts.parentPid;
    caller.ancestors.clear();
    for (const ProcessStep& step : facts.ancestors)
        caller.ancestors.push_back({step.pid, step.startTime, step.executable});
    if (!caller.ancestors.empty() && caller.ancestors.front().pid == facts.parentPid) {
        caller.parentStartTime = caller.ancestors.front().startTime;
        caller.startedBy = caller.ancestors.front().executable;
    }
}

IdentityClass identityOf(const Caller& caller, const ProcessFacts& facts, bool changed) {
    if (changed)
        return IdentityClass::Unknown;
    if (!facts.sandbox.empty())
        return IdentityClass::Sandboxed;
    if (facts.otherNamespace || facts.relay || caller.pid <= 0)
        return IdentityClass::Remote;
    if (facts.executable.empty() || facts.deleted || facts.inMemory || facts.foreignCode)
        return IdentityClass::Unknown;
    if (facts.interpreter)
        return facts.script.empty() || caller.scriptHash.empty() ? IdentityClass::Unknown
                                                                 : IdentityClass::Script;
    if (!facts.signer.empty())
        return IdentityClass::Sandboxed; // a signed package is worth as much
    return facts.systemOwned && !caller.executableHash.empty() ? IdentityClass::Native
                                                               : IdentityClass::Unknown;
}

} // namespace keybearer
