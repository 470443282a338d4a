#include "broker/methods/Wire.h"

#include "broker/base/Text.h"
#include "broker/base/Time.h"
#include "broker/protocol/RpcError.h"

namespace keybearer {

namespace {

constexpr std::size_t longestPath = 512; // of a program, as shown

Json choicesOf(const Caller& caller) {
    Json choices{"allow-once"};
    const ConsentSpan longest = longestSpan(caller);
    if (longest >= ConsentSpan::Session)
        choices.push_back("allow-session");
    if (longest >= ConsentSpan::ThirtyDays)
        choices.push_back("allow");
    choices.push_back("deny");
    return choices;
}

} // namespace

Json timeOrNull(const std::optional<WallTime>& time) {
    return time ? Json(toRfc3339(*time)) : Json(nullptr);
}

Json toWire(const Caller& caller) {
    Json out{{"uid", caller.uid},
             {"pid", caller.pid},
             {"executable", displaySafe(caller.executable, longestPath)},
             {"started_by", displaySafe(caller.startedBy, longestPath)},
             {"claimed_name", displaySafe(caller.claimedName, 64)}};
    if (!caller.script.empty())
        out["script"] = displaySafe(caller.script, longestPath);
    return out;
}

Json sessionToWire(const Credential& credential) {
    const CredentialRecord& record = credential.record;
    Json out{{"session_id", record.id},
             {"provider", record.provider},
             {"issuer", record.issuer},
             {"account", {{"label", record.account.label}, {"subject", record.account.subject}}},
             {"scopes", record.scopes},
             {"state", stateWord(credential.state())},
             {"expires_at", timeOrNull(record.accessExpiresAt)},
             {"refreshed_at", toRfc3339(record.refreshedAt)},
             {"last_used", nullptr}};
    if (record.kind != CredentialKind::SignIn)
        out["kind"] = kindWord(record.kind);
    if (record.refreshExpiresAt)
        out["sign_in_ends_at"] = toRfc3339(*record.refreshExpiresAt);
    if (record.resource)
        out["resource"] = *record.resource;
    if (record.lastUsedAt)
        out["last_used"] = {{"at", toRfc3339(*record.lastUsedAt)}, {"caller", record.lastUsedBy}};
    if (!record.problem.empty())
        out["problem"] = record.problem;
    return out;
}

Json signInToWire(const SignIn& signIn, const AccountRegistry& registry) {
    Json out{{"signin_id", signIn.id()},
             {"provider", signIn.wish().provider},
             {"state", signInWord(signIn.state())},
             {"expires_at", toRfc3339(signIn.expiresAt())}};
    if (const Credential* credential = registry.find(signIn.sessionId()))
        out["session"] = sessionToWire(*credential);
    if (signIn.error())
        out["error"] = toRpcError(*signIn.error());
    return out;
}

Json toWire(const PendingConsent& question) {
    Json out{{"consent_id", question.id},
             {"caller", toWire(question.caller)},
             {"provider", question.subject.provider},
             {"provider_name", question.subject.providerName},
             {"account", {{"label", question.subject.accountLabel}}},
             {"session_id", question.subject.sessionId},
             {"scopes", question.subject.scopes},
             {"choices", choicesOf(question.caller)},
             {"requested_at", toRfc3339(question.requestedAt)},
             {"expires_at", toRfc3339(question.expiresAt)}};
    if (!question.reason.empty())
        out["reason"] = question.reason;
    return out;
}

Json toWire(const Consent& consent) {
    Json out{{"consent_id", consent.id},
             {"executable", displaySafe(consent.caller.executable, longestPath)},
             {"started_by", displaySafe(consent.caller.startedBy, longestPath)},
             {"provider", consent.subject.provider},
             {"account", {{"label", consent.subject.accountLabel}}},
             {"session_id", consent.subject.sessionId},
             {"scopes", consent.subject.scopes},
             {"duration", consent.span == ConsentSpan::ThirtyDays ? "30 days" : "session"},
             {"granted_at", toRfc3339(consent.grantedAt)},
             {"expires_at", toRfc3339(consent.expiresAt)},
             {"last_used_at", consent.uses > 0 ? Json(toRfc3339(consent.lastUsedAt)) : Json(nullptr)},
             {"uses", consent.uses}};
    if (!consent.caller.script.empty())
        out["script"] = displaySafe(consent.caller.script, longestPath);
    return out;
}

} // namespace keybearer
