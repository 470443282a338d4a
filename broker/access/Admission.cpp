#include "broker/access/Admission.h"

#include "broker/base/Text.h"

namespace keybearer {

namespace {

Error becameAnother(const Caller& caller, Permission required) {
    return Error(ErrorCode::PolicyDenied, "the process that said hello runs another program now",
                 "Start the tray or the command again.")
        .with("required", std::string(permissionWord(required)))
        .with("role", std::string(roleWord(caller.role)));
}

std::string requiredWord(const Error& error) {
    const ErrorDetail* required = error.detail("required");
    const auto* word = required == nullptr ? nullptr : std::get_if<std::string>(required);
    return word == nullptr ? std::string() : *word;
}

} // namespace

Result<void> Admission::admit(Caller& caller, const Shown& shown) {
    caller.operatorProgram = operators_.include(caller);
    // A trusting person means programs of this machine: not the far end of a forwarded socket.
    const bool remote = caller.identity == IdentityClass::Remote;
    caller.role = caller.operatorProgram ? Role::Admin : remote ? Role::Agent : setup_.programs;
    caller.ceiling = Role::Admin;
    bool known = false;
    for (Register* one : registers_) {
        const Result<bool> recognised = one->recognise(caller, shown);
        if (!recognised)
            return tl::unexpected(recognised.error());
        known = known || *recognised;
    }
    if (!known && !shown.clientKey.empty())
        return failure(ErrorCode::ClientUnknown, "no client has this key");
    Result<void> narrowed = narrow(caller, shown.role);
    if (!narrowed && narrowed.error().code == ErrorCode::PolicyDenied)
        return noted(caller, shown.role, std::move(narrowed));
    return narrowed;
}

Result<void> Admission::narrow(Caller& caller, const std::string& word) {
    if (word.empty())
        return {};
    const std::optional<Role> asked = roleFrom(word);
    if (!asked)
        return failure(Error(ErrorCode::InvalidParams, "there is no role " + displaySafe(word, 64),
                             "Roles are readonly, agent, user and admin.")
                           .with("parameter", std::string("role"))
                           .with("did_you_mean", nearest(word, {"readonly", "agent", "user", "admin"})));
    if (*asked > caller.role) {
        const std::string own(roleWord(caller.role));
        return failure(Error(ErrorCode::PolicyDenied, "the role " + word + " is above yours, which is " + own,
                             "Leave role out of hello, or say \"" + own + "\".")
                           .with("role", own)
                           .with("required", word));
    }
    caller.ceiling = caller.role;
    caller.role = *asked;
    return {};
}

Result<void> Admission::confirm(const Caller& caller) const {
    for (const Register* one : registers_) {
        if (Result<void> good = one->confirm(caller); !good)
            return good;
    }
    return {};
}

// Its role came from the access mode alone, which is stricter by now.
bool Admission::wasMore(const Caller& caller) const {
    return caller.role > setup_.programs && !caller.operatorProgram && !caller.prior &&
           caller.clientId.empty() && caller.capability.empty();
}

Result<void> Admission::permitMethod(const Caller& caller, std::string_view method) const {
    if (wasMore(caller)) {
        Caller less = caller;
        less.role = setup_.programs;
        return permitMethod(less, method);
    }
    if (Result<void> good = confirm(caller); !good)
        return good;
    if (Result<void> allowed = methodPermitted(caller, method); !allowed) {
        if (std::string advice = operators_.advice(caller); !advice.empty())
            allowed.error().action = std::move(advice);
        return noted(caller, method, std::move(allowed));
    }
    const std::optional<Permission> needed = permissionForMethod(method);
    if (caller.operatorProgram && (!needed || changesSomething(*needed)) &&
        !OperatorPrograms::isStill(caller))
        return noted(caller, method,
                     failure(becameAnother(caller, needed.value_or(Permission::PolicyWrite))));
    for (Register* one : registers_)
        one->noteUse(caller);
    return {};
}

Result<void> Admission::permitTopic(const Caller& caller, std::string_view topic) const {
    if (wasMore(caller)) {
        Caller less = caller;
        less.role = setup_.programs;
        return permitTopic(less, topic);
    }
    if (Result<void> good = confirm(caller); !good)
        return good;
    return noted(caller, topic, topicPermitted(caller, topic));
}

Result<void> Admission::noted(const Caller& caller, std::string_view what, Result<void> outcome) const {
    if (!outcome && setup_.refused)
        setup_.refused(caller, "policy.denied", "role:" + requiredWord(outcome.error()),
                       displaySafe(what, 64) + " as " + std::string(roleWord(caller.role)));
    return outcome;
}

} // namespace keybearer
