#include "broker/methods/ConsentMethods.h"

#include "broker/base/Text.h"
#include "broker/methods/Wire.h"
#include "broker/protocol/Methods.h"

namespace keybearer {

void ConsentMethods::addTo(MethodTable& table) {
    table.add("consent.pending",
              [this](const CallContext&, const Json& params, const Reply& reply) { pending(params, reply); });
    table.add("consent.answer",
              [this](const CallContext&, const Json& params, const Reply& reply) { answer(params, reply); });
    table.add("consent.list",
              [this](const CallContext&, const Json& params, const Reply& reply) { list(params, reply); });
    table.add("consent.revoke",
              [this](const CallContext&, const Json& params, const Reply& reply) { revoke(params, reply); });
}

void ConsentMethods::pending(const Json& params, const Reply& reply) const {
    if (!paramsOrAnswer<NoParams>(params, reply))
        return;
    Json questions = Json::array();
    for (const PendingConsent& question : gate_.pending())
        questions.push_back(toWire(question));
    reply.result(Json{{"pending", std::move(questions)}});
}

// Only operator programs get here (Permission::ConsentAnswer).
void ConsentMethods::answer(const Json& params, const Reply& reply) {
    const std::optional<ConsentAnswerParams> given = paramsOrAnswer<ConsentAnswerParams>(params, reply);
    if (!given)
        return;
    const std::optional<ConsentDecision> decision = consentDecision(given->decision);
    if (const Result<void> taken = gate_.answer(given->consentId, *decision); !taken)
        return reply.error(taken.error());
    reply.result(Json{{"consent_id", given->consentId}, {"decision", given->decision}});
}

void ConsentMethods::list(const Json& params, const Reply& reply) const {
    if (!paramsOrAnswer<NoParams>(params, reply))
        return;
    Json consents = Json::array();
    for (const std::shared_ptr<Consent>& consent : gate_.consents())
        consents.push_back(toWire(*consent));
    for (const AllowedCaller& rule : gate_.allowed()) {
        for (const std::string& provider : rule.providers)
            consents.push_back(
                Json{{"consent_id", "config:" + displaySafe(rule.executable, 512) + ":" + provider},
                     {"executable", displaySafe(rule.executable, 512)},
                     {"started_by", ""},
                     {"provider", provider},
                     {"account", {{"label", "any"}}},
                     {"session_id", ""},
                     {"scopes", Json::array()},
                     {"duration", "config"},
                     {"granted_at", nullptr},
                     {"expires_at", nullptr},
                     {"last_used_at", nullptr},
                     {"uses", 0}});
    }
    reply.result(Json{{"consents", std::move(consents)}});
}

void ConsentMethods::revoke(const Json& params, const Reply& reply) {
    const std::optional<ConsentRevokeParams> which = paramsOrAnswer<ConsentRevokeParams>(params, reply);
    if (!which)
        return;
    if (which->consentId.starts_with("config:"))
        return reply.error(Error(ErrorCode::InvalidParams, "this consent stands in config.yaml",
                                 "Remove it there under callers: and start the broker anew."));
    if (const Result<void> revoked = gate_.revoke(which->consentId); !revoked)
        return reply.error(revoked.error());
    reply.result(Json{{"consent_id", which->consentId}});
}

} // namespace keybearer
