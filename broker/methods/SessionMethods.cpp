#include "broker/methods/SessionMethods.h"

#include "broker/base/Text.h"
#include "broker/methods/Wire.h"
#include "broker/protocol/Methods.h"
#include "broker/protocol/SessionListParams.h"

#include <algorithm>

namespace keybearer {

namespace {
constexpr std::size_t longestLabel = 100;
}

void SessionMethods::addTo(MethodTable& table) {
    table.add("session.list",
              [this](const CallContext&, const Json& params, const Reply& reply) { list(params, reply); });
    table.add("session.show",
              [this](const CallContext&, const Json& params, const Reply& reply) { show(params, reply); });
    table.add("session.refresh",
              [this](const CallContext&, const Json& params, const Reply& reply) { refresh(params, reply); });
    table.add("session.revoke", [this](const CallContext& context, const Json& params, const Reply& reply) {
        revoke(context, params, reply);
    });
    table.add("session.rename",
              [this](const CallContext&, const Json& params, const Reply& reply) { rename(params, reply); });
}

void SessionMethods::list(const Json& params, const Reply& reply) {
    const std::optional<SessionListParams> which = paramsOrAnswer<SessionListParams>(params, reply);
    if (!which)
        return;
    std::vector<const Credential*> all = rooms_.registry.all();
    std::erase_if(all, [&](const Credential* credential) {
        return credential->record.kind == CredentialKind::ApiKey || // apikey.list has those
               (which->after && credential->record.id <= *which->after);
    });
    const auto room = which->limit > 0 ? static_cast<std::size_t>(which->limit) : all.size();
    if (which->limit > 0 || which->after)
        std::sort(all.begin(), all.end(),
                  [](const Credential* a, const Credential* b) { return a->record.id < b->record.id; });
    Json sessions = Json::array();
    for (std::size_t i = 0; i < std::min(room, all.size()); ++i)
        sessions.push_back(sessionToWire(*all[i]));
    Json result{{"sessions", std::move(sessions)}};
    if (all.size() > room)
        result["next"] = all[room - 1]->record.id;
    reply.result(result);
}

void SessionMethods::show(const Json& params, const Reply& reply) {
    const std::optional<SessionParams> which = paramsOrAnswer<SessionParams>(params, reply);
    if (!which)
        return;
    const Result<const Credential*> credential = rooms_.registry.selectByWord(which->sessionId);
    if (!credential)
        return reply.error(credential.error());
    Json session = sessionToWire(**credential);
    if (const auto pause = rooms_.refresher.pauseOf((*credential)->record.id))
        session["renewal"] = {{"failures", pause->failures}, {"retry_after_seconds", pause->left.count()}};
    reply.result(session);
}

void SessionMethods::refresh(const Json& params, const Reply& reply) {
    const std::optional<SessionParams> which = paramsOrAnswer<SessionParams>(params, reply);
    if (!which)
        return;
    const Result<const Credential*> credential = rooms_.registry.selectByWord(which->sessionId);
    if (!credential)
        return reply.error(credential.error());
    const std::string id = (*credential)->record.id;
    rooms_.refresher.refresh(id, TokenRefresher::Urgency::Person, [this, id, reply](Result<void> refreshed) {
        const Credential* current = rooms_.registry.find(id);
        if (!refreshed)
            return reply.error(refreshed.error());
        if (current == nullptr)
            return reply.error(Error(ErrorCode::NotFound, "the session was removed meanwhile"));
        reply.result(sessionToWire(*current));
    });
}

void SessionMethods::revoke(const CallContext& context, const Json& params, const Reply& reply) {
    const std::optional<SessionParams> which = paramsOrAnswer<SessionParams>(params, reply);
    if (!which)
        return;
    const Result<const Credential*> credential = rooms_.registry.selectByWord(which->sessionId);
    if (!credential)
        return reply.error(credential.error());
    const CredentialRecord record = (*credential)->record;
    if (revocations_.contains(record.id))
        return reply.error(Error(ErrorCode::InvalidRequest, "this session is being revoked already",
                                 "Wait for the answer to the first request."));
    auto revocation = std::make_unique<SessionRevocation>(
        rooms_.registry, rooms_.directory, rooms_.http, record.id, which->localOnly,
        [this, record, reply, caller = context.caller](Result<SessionRevocation::Outcome> outcome) {
            onRevoked(record.id, record, caller, reply, *outcome);
        });
    SessionRevocation& started = *revocation;
    revocations_[record.id] = std::move(revocation);
    started.start();
}

void SessionMethods::onRevoked(const std::string& id, const CredentialRecord& record, const Caller& caller,
                               const Reply& reply, const SessionRevocation::Outcome& outcome) {
    if (const auto found = revocations_.find(id); found != revocations_.end()) {
        found->second.release()->deleteLater(); // we are inside its last act
        revocations_.erase(found);
    }
    if (outcome.stays && !outcome.revokedAtProvider)
        return reply.error(*outcome.stays);
    rooms_.gate.sessionRemoved(id);
    AuditEvent event;
    event.kind = "session.revoked";
    event.caller = displaySafe(caller.executable, 512);
    event.pid = caller.pid;
    event.provider = record.provider;
    event.account = record.account.label;
    event.sessionId = id;
    event.why = outcome.revokedAtProvider ? "revoked at the provider" : outcome.problem;
    // The session is gone either way; a log that cannot be written shows itself at the next token.
    static_cast<void>(rooms_.audit.append(event).has_value());
    if (outcome.stays)
        return reply.error(*outcome.stays);
    Json result{{"session_id", id},
                {"provider", record.provider},
                {"account", {{"label", record.account.label}}},
                {"revoked_at_provider", outcome.revokedAtProvider},
                {"erased", true}};
    if (!outcome.problem.empty())
        result["problem"] = outcome.problem;
    reply.result(result);
}

void SessionMethods::rename(const Json& params, const Reply& reply) {
    const std::optional<SessionParams> which = paramsOrAnswer<SessionParams>(params, reply);
    if (!which)
        return;
    if (!which->label)
        return reply.error(Error(ErrorCode::InvalidParams, "label: is missing").with("parameter", "label"));
    const Result<const Credential*> credential = rooms_.registry.selectByWord(which->sessionId);
    if (!credential)
        return reply.error(credential.error());
    const std::string id = (*credential)->record.id;
    if (const Result<void> renamed = rooms_.registry.rename(id, displaySafe(*which->label, longestLabel));
        !renamed)
        return reply.error(renamed.error());
    reply.result(sessionToWire(*rooms_.registry.find(id)));
}

} // namespace keybearer
