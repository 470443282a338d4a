#include "broker/access/AgentDoor.h"

namespace keybearer {

Result<bool> AgentDoor::recognise(Caller& caller, const Shown&) {
    if (caller.door != Door::Agent)
        return false;
    // Whatever the program at this end is: it may only carry what somebody far away says.
    caller.identity = IdentityClass::Remote;
    caller.operatorProgram = false;
    caller.program.reset();
    caller.role = Role::Agent;
    caller.ceiling = Role::Agent;
    caller.prior = PriorGrant{"agent", allowed_, std::nullopt};
    return true;
}

} // namespace keybearer
