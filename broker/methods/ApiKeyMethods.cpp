#include "broker/methods/ApiKeyMethods.h"

#include "broker/accounts/ApiKeyHeader.h"
#include "broker/base/Text.h"
#include "broker/base/Time.h"
#include "broker/methods/Wire.h"
#include "broker/protocol/KeyMethods.h"
#include "broker/protocol/Methods.h"

namespace keybearer {

namespace {

constexpr std::size_t longestDescription = 200;

Json apiKeyToWire(const CredentialRecord& record, WallTime now) {
    const bool expired = record.accessExpiresAt && *record.accessExpiresAt <= now;
    Json out{{"name", record.account.subject},
             {"session_id", record.id},
             {"header", record.apiKey.header},
             {"description", record.apiKey.description},
             {"active", record.apiKey.active},
             {"exportable", record.apiKey.exportable},
             {"expired", expired},
             {"expires_at", timeOrNull(record.accessExpiresAt)},
             {"created_at", toRfc3339(record.createdAt)},
             {"rotated_at", toRfc3339(record.refreshedAt)},
             {"last_used", nullptr}};
    if (record.lastUsedAt)
        out["last_used"] = {{"at", toRfc3339(*record.lastUsedAt)}, {"caller", record.lastUsedBy}};
    if (!record.problem.empty())
        out["problem"] = record.problem;
    return out;
}

Error inThePast() {
    return Error(ErrorCode::InvalidParams, "expires_at: lies in the past",
                 "Give a time that is still to come, or leave it out for a key that does not expire.")
        .with("parameter", std::string("expires_at"));
}

} // namespace

void ApiKeyMethods::addTo(MethodTable& table) {
    table.add("apikey.add", [this](const CallContext& context, const Json& params, const Reply& reply) {
        add(context, params, reply);
    });
    table.add("apikey.list",
              [this](const CallContext&, const Json& params, const Reply& reply) { list(params, reply); });
    table.add("apikey.show",
              [this](const CallContext&, const Json& params, const Reply& reply) { show(params, reply); });
    table.add("apikey.rotate", [this](const CallContext& context, const Json& params, const Reply& reply) {
        rotate(context, params, reply);
    });
    table.add("apikey.enable", [this](const CallContext& context, const Json& params, const Reply& reply) {
        setActive(context, params, reply, true);
    });
    table.add("apikey.disable", [this](const CallContext& context, const Json& params, const Reply& reply) {
        setActive(context, params, reply, false);
    });
    table.add("apikey.remove", [this](const CallContext& context, const Json& params, const Reply& reply) {
        remove(context, params, reply);
    });
}

void ApiKeyMethods::add(const CallContext& context, const Json& params, const Reply& reply) {
    std::optional<ApiKeyAddParams> add = paramsOrAnswer<ApiKeyAddParams>(params, reply);
    if (!add)
        return;
    auto key = std::make_shared<Secret>(Secret::takeFrom(add->value));
    ApiKeyTerms terms;
    if (!add->header.empty())
        terms.header = add->header;
    terms.description = displaySafe(add->description, longestDescription);
    terms.exportable = add->exportable;
    if (const auto header = ApiKeyHeader::parse(terms.header); !header)
        return reply.error(header.error());
    if (add->expiresAt && *add->expiresAt <= rooms_.clock.wall())
        return reply.error(inThePast());
    rooms_.registry.open([this, reply, key, terms, name = add->name, expires = add->expiresAt,
                          caller = context.caller](const Result<void>& opened) {
        const Result<std::string> id = opened
                                           ? rooms_.registry.addApiKey(name, terms, std::move(*key), expires)
                                           : failure(opened.error());
        if (!id)
            return reply.error(id.error());
        record("apikey.added", caller, rooms_.registry.find(*id)->record);
        answer(*id, reply);
    });
}

void ApiKeyMethods::list(const Json& params, const Reply& reply) const {
    if (!paramsOrAnswer<NoParams>(params, reply))
        return;
    Json keys = Json::array();
    for (const Credential* credential : rooms_.registry.all()) {
        if (credential->record.kind == CredentialKind::ApiKey)
            keys.push_back(apiKeyToWire(credential->record, rooms_.clock.wall()));
    }
    reply.result(Json{{"apikeys", std::move(keys)}});
}

void ApiKeyMethods::show(const Json& params, const Reply& reply) const {
    const std::optional<ApiKeyParams> which = paramsOrAnswer<ApiKeyParams>(params, reply);
    if (!which)
        return;
    const Result<const Credential*> credential = rooms_.registry.findApiKey(which->name);
    if (!credential)
        return reply.error(credential.error());
    answer((*credential)->record.id, reply);
}

void ApiKeyMethods::rotate(const CallContext& context, const Json& params, const Reply& reply) {
    std::optional<ApiKeyRotateParams> rotate = paramsOrAnswer<ApiKeyRotateParams>(params, reply);
    if (!rotate)
        return;
    auto key = std::make_shared<Secret>(Secret::takeFrom(rotate->value));
    if (rotate->expiresAt && *rotate->expiresAt <= rooms_.clock.wall())
        return reply.error(inThePast());
    const Result<const Credential*> credential = rooms_.registry.findApiKey(rotate->name);
    if (!credential)
        return reply.error(credential.error());
    rooms_.registry.open([this, reply, key, id = (*credential)->record.id, expires = rotate->expiresAt,
                          caller = context.caller](const Result<void>& opened) {
        const Result<void> rotated =
            opened ? rooms_.registry.rotateApiKey(id, std::move(*key), expires) : opened;
        if (!rotated)
            return reply.error(rotated.error());
        record("apikey.rotated", caller, rooms_.registry.find(id)->record);
        answer(id, reply);
    });
}

void ApiKeyMethods::setActive(const CallContext& context, const Json& params, const Reply& reply,
                              bool active) {
    const std::optional<ApiKeyParams> which = paramsOrAnswer<ApiKeyParams>(params, reply);
    if (!which)
        return;
    const Result<const Credential*> credential = rooms_.registry.findApiKey(which->name);
    if (!credential)
        return reply.error(credential.error());
    const CredentialRecord before = (*credential)->record;
    ApiKeyTerms terms = before.apiKey;
    terms.active = active;
    if (const Result<void> set = rooms_.registry.setApiKeyTerms(before.id, std::move(terms)); !set)
        return reply.error(set.error());
    record(active ? "apikey.enabled" : "apikey.disabled", context.caller, before);
    answer(before.id, reply);
}

void ApiKeyMethods::remove(const CallContext& context, const Json& params, const Reply& reply) {
    const std::optional<ApiKeyParams> which = paramsOrAnswer<ApiKeyParams>(params, reply);
    if (!which)
        return;
    const Result<const Credential*> credential = rooms_.registry.findApiKey(which->name);
    if (!credential)
        return reply.error(credential.error());
    const CredentialRecord before = (*credential)->record;
    record("apikey.removed", context.caller, before);
    rooms_.gate.sessionRemoved(before.id);
    rooms_.registry.erase(before.id, [reply, name = before.account.subject](const Result<void>& erased) {
        if (!erased)
            return reply.error(erased.error());
        reply.result(Json{{"name", name}, {"erased", true}});
    });
}

void ApiKeyMethods::record(const char* kind, const Caller& caller, const CredentialRecord& record) {
    AuditEvent event;
    event.kind = kind;
    event.caller = displaySafe(caller.executable, 512);
    event.pid = caller.pid;
    event.provider = record.provider;
    event.account = record.account.label;
    event.sessionId = record.id;
    // Nothing leaves with it; a log that cannot be written shows itself when the key is asked for.
    static_cast<void>(rooms_.audit.append(event).has_value());
}

void ApiKeyMethods::answer(const std::string& id, const Reply& reply) const {
    reply.result(apiKeyToWire(rooms_.registry.find(id)->record, rooms_.clock.wall()));
}

} // namespace keybearer
