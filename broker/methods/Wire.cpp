#include "broker/methods/Wire.h"

#include "broker/base/Text.h"
#include "broker/base/Time.h"
#include "broker/protocol/RpcError.h"

namespace keybearer {

namespace {

constexpr std::size_t longestPath = 512; // of a program, as shown

constexpr std::size_t shownScopes = 4096; // of all scopes in one line

Json choicesOf(const PendingConsent& question) {
    Json out = Json::array();
    for (const ConsentDecision decision : choices(question.longest))
        out.push_back(consentWord(decision));
    return out;
}

Json toWire(const std::vector<EvidenceChange>& changes) {
    Json out = Json::array();
    for (const EvidenceChange& change : changes)
        out.push_back({{"what", change.what},
                       {"before", displaySafe(change.before, shownScopes)},
                       {"now", displaySafe(change.now, shownScopes)}});
    return out;
}

Json toWire(const Evidence& evidence) {
    Json out{{"executable_sha256", evidence.executableHash}, {"system_owned", evidence.systemOwned}};
    const auto add = [&](const char* name, const std::string& value) {
        if (!value.empty())
            out[name] = displaySafe(value, longestPath);
    };
    add("script_sha256", evidence.scriptHash);
    add("working_directory", evidence.workingDirectory);
    add("unit", evidence.unit);
    add("sandbox", evidence.sandbox);
    add("signer", evidence.signer);
    return out;
}

// Of what came through the network: what it is called here, what it calls itself, and where its answers go.
void addClient(Json& out, const Evidence& evidence, const ConsentSubject& subject) {
    if (!evidence.client.empty())
        out["client"] = {{"client_id", displaySafe(evidence.client, longestPath)},
                         {"name", displaySafe(evidence.clientName)},
                         {"redirect", displaySafe(subject.redirect)}};
}

} // namespace

Json timeOrNull(const std::optional<WallTime>& time) {
    return time ? Json(toRfc3339(*time)) : Json(nullptr);
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
    if (!signIn.ended())
        out["step"] = stepWord(signIn.step());
    if (const std::string issuer = signIn.issuer(); !issuer.empty())
        out["issuer"] = displaySafe(issuer);
    if (signIn.wish().url)
        out["url"] = displaySafe(*signIn.wish().url);
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
             {"issuer", question.subject.issuer},
             {"purpose", purposeWord(question.subject.purpose)},
             {"class", identityLetter(question.evidence.identity)},
             {"changed", toWire(question.changed)},
             {"choices", choicesOf(question)},
             {"longest", spanWord(question.longest)},
             {"prompt_sha256", question.promptHash},
             {"requested_at", toRfc3339(question.requestedAt)},
             {"expires_at", toRfc3339(question.expiresAt)}};
    if (!question.subject.resource.empty())
        out["resource"] = question.subject.resource;
    for (const auto& [scope, words] : question.subject.scopeWords)
        out["scope_words"][scope] = displaySafe(words);
    if (!question.reason.empty())
        out["reason"] = question.reason;
    addClient(out, question.evidence, question.subject);
    return out;
}

Json toWire(const Consent& consent) {
    // Of one that lasts until it is revoked, the end is that of its idle time, which no clock is needed for.
    const WallTime end =
        consent.span == ConsentSpan::UntilRevoked ? consent.endsAt({}, {}) : consent.expiresAt;
    Json out{{"consent_id", consent.id},
             {"class", identityLetter(consent.evidence.identity)},
             {"executable", displaySafe(consent.evidence.executable, longestPath)},
             {"started_by", displaySafe(consent.evidence.startedBy, longestPath)},
             {"evidence", toWire(consent.evidence)},
             {"provider", consent.subject.provider},
             {"account", {{"label", consent.subject.accountLabel}}},
             {"session_id", consent.subject.sessionId},
             {"issuer", consent.subject.issuer},
             {"scopes", consent.subject.scopes},
             {"purpose", purposeWord(consent.subject.purpose)},
             {"duration", spanWord(consent.span)},
             {"granted_at", toRfc3339(consent.grantedAt)},
             {"expires_at", toRfc3339(end)},
             {"last_used_at", consent.uses > 0 ? Json(toRfc3339(consent.lastUsedAt)) : Json(nullptr)},
             {"uses", consent.uses},
             {"updated_at", timeOrNull(consent.updatedAt)},
             {"prompt_sha256", consent.promptHash},
             {"policy_version", consent.policyVersion}};
    if (!consent.evidence.script.empty())
        out["script"] = displaySafe(consent.evidence.script, longestPath);
    if (!consent.subject.resource.empty())
        out["resource"] = consent.subject.resource;
    addClient(out, consent.evidence, consent.subject);
    if (consent.span == ConsentSpan::Session && consent.owner.pid != 0)
        out["pid"] = consent.owner.pid;
    return out;
}

} // namespace keybearer
