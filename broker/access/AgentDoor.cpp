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

Result<void> AgentDoor::confirm(const Caller& caller) const {
    if (caller.door != Door::Agent || (caller.prior && caller.prior->allowed == allowed_))
        return {};
    return failure(ErrorCode::ClientExpired, "what may be had through this socket was changed",
                   "Connect again.");
}

Error toldOutside(const Caller& caller, const std::optional<std::string>& provider,
                  const std::optional<std::string>& account, const Error& error) {
    if (caller.door != Door::Agent || !caller.prior)
        return error;
    const bool listed = provider && (!account || includes(*caller.prior, *provider, *account));
    return listed ? error : notIncluded(*caller.prior);
}

Error forAnotherMachine(const Error& error) {
    switch (error.code) {
    case ErrorCode::NotFound:
    case ErrorCode::InvalidParams:
        return {error.code, "there is no such account here, or more than one",
                "Name it as PROVIDER:ACCOUNT."};
    case ErrorCode::AuthorizationRequired:
    case ErrorCode::SignInAgain:
        return {error.code, "somebody has to sign in on the machine where the broker runs",
                "Sign in there with: keybearer login"};
    default:
        return error;
    }
}

} // namespace keybearer
