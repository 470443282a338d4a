#include "broker/methods/ClientMethods.h"

#include "broker/accounts/ApiKeyHeader.h"
#include "broker/base/Text.h"
#include "broker/base/Time.h"
#include "broker/methods/CallerEvent.h"
#include "broker/methods/Wire.h"
#include "broker/protocol/ClientParams.h"
#include "broker/protocol/Methods.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::size_t longestText = 200; // owner, description

// Nobody gives more than they have.
Result<Role> roleToGive(const std::string& word, const Caller& giver) {
    const Role role = roleFrom(word).value_or(Role::Agent);
    const Role own = std::min(giver.role, giver.ceiling);
    if (role <= own)
        return role;
    return failure(Error(ErrorCode::PolicyDenied,
                         "the role " + word + " is above yours, which is " + std::string(roleWord(own)),
                         "Give it at most the role that you have.")
                       .with("role", std::string(roleWord(own)))
                       .with("required", word));
}

} // namespace

void ClientMethods::addTo(MethodTable& table) {
    table.add("client.add", [this](const CallContext& context, const Json& params, const Reply& reply) {
        add(context, params, reply);
    });
    table.add("client.list",
              [this](const CallContext&, const Json& params, const Reply& reply) { list(params, reply); });
    table.add("client.show",
              [this](const CallContext&, const Json& params, const Reply& reply) { show(params, reply); });
    table.add("client.enable", [this](const CallContext& context, const Json& params, const Reply& reply) {
        setActive(context, params, reply, true);
    });
    table.add("client.disable", [this](const CallContext& context, const Json& params, const Reply& reply) {
        setActive(context, params, reply, false);
    });
    table.add("client.rotate", [this](const CallContext& context, const Json& params, const Reply& reply) {
        rotate(context, params, reply);
    });
    table.add("client.remove", [this](const CallContext& context, const Json& params, const Reply& reply) {
        remove(context, params, reply);
    });
}

void ClientMethods::add(const CallContext& context, const Json& params, const Reply& reply) {
    const std::optional<ClientAddParams> wish = paramsOrAnswer<ClientAddParams>(params, reply);
    if (!wish)
        return;
    const Result<Role> role = roleToGive(wish->role, context.caller);
    if (!role)
        return reply.error(role.error());
    if (const Result<void> known = checkAllowed(wish->allow); !known)
        return reply.error(known.error());
    const Result<ClientKeys::Issued> issued = rooms_.clients.add(
        {wish->name, displaySafe(wish->owner, longestText), displaySafe(wish->description, longestText),
         wish->allow, *role, wish->expiresAt});
    if (!issued)
        return reply.error(issued.error());
    const std::string detail = wish->role + ": " + displaySafe(join(wish->allow, " "), longestText);
    if (const Result<void> recorded = record("client.added", context.caller, issued->client, detail);
        !recorded) {
        // A key that nobody can find later is not given.
        static_cast<void>(rooms_.clients.remove(wish->name).has_value());
        return reply.error(recorded.error());
    }
    answerWithKey(*issued, reply);
}

void ClientMethods::list(const Json& params, const Reply& reply) const {
    if (!paramsOrAnswer<NoParams>(params, reply))
        return;
    Json clients = Json::array();
    for (const RegisteredClient& client : rooms_.clients.all())
        clients.push_back(toWire(client));
    reply.result(Json{{"clients", std::move(clients)}});
}

void ClientMethods::show(const Json& params, const Reply& reply) const {
    const std::optional<ClientParams> which = paramsOrAnswer<ClientParams>(params, reply);
    if (!which)
        return;
    const Result<RegisteredClient> client = rooms_.clients.find(which->name);
    if (!client)
        return reply.error(client.error());
    reply.result(toWire(*client));
}

void ClientMethods::setActive(const CallContext& context, const Json& params, const Reply& reply,
                              bool active) {
    const std::optional<ClientParams> which = paramsOrAnswer<ClientParams>(params, reply);
    if (!which)
        return;
    const Result<RegisteredClient> client = rooms_.clients.setActive(which->name, active);
    if (!client)
        return reply.error(client.error());
    // What was taken back stays taken back, whether or not it could be written down.
    static_cast<void>(
        record(active ? "client.enabled" : "client.disabled", context.caller, *client, "").has_value());
    reply.result(toWire(*client));
}

void ClientMethods::rotate(const CallContext& context, const Json& params, const Reply& reply) {
    const std::optional<ClientRotateParams> wish = paramsOrAnswer<ClientRotateParams>(params, reply);
    if (!wish)
        return;
    const Result<ClientKeys::Issued> issued =
        rooms_.clients.rotate(wish->name, std::chrono::seconds(wish->overlapSeconds), wish->expiresAt);
    if (!issued)
        return reply.error(issued.error());
    const std::string detail =
        "the old key works until " + toRfc3339(issued->client.oldKeyUntil.value_or(WallTime()));
    static_cast<void>(record("client.rotated", context.caller, issued->client, detail).has_value());
    answerWithKey(*issued, reply);
}

void ClientMethods::remove(const CallContext& context, const Json& params, const Reply& reply) {
    const std::optional<ClientParams> which = paramsOrAnswer<ClientParams>(params, reply);
    if (!which)
        return;
    const Result<RegisteredClient> client = rooms_.clients.remove(which->name);
    if (!client)
        return reply.error(client.error());
    static_cast<void>(record("client.removed", context.caller, *client, "").has_value());
    reply.result(Json{{"name", client->name}, {"client_id", client->id}, {"removed", true}});
}

// A mistyped provider would be noticed only when the program is refused.
Result<void> ClientMethods::checkAllowed(const std::vector<std::string>& allowed) const {
    for (const std::string& entry : allowed) {
        const std::string provider = entry.substr(0, entry.find(':'));
        const std::vector<const Credential*> stored = rooms_.registry.all();
        const bool known = provider == apiKeyProvider || rooms_.catalog.find(provider) != nullptr ||
                           (rooms_.isService && rooms_.isService(entry)) ||
                           std::any_of(stored.begin(), stored.end(), [&](const Credential* credential) {
                               return credential->record.provider == provider;
                           });
        if (!known)
            return failure(rooms_.catalog.unknownProvider(provider));
    }
    return {};
}

Result<void> ClientMethods::record(const char* kind, const Caller& caller, const RegisteredClient& client,
                                   const std::string& detail) {
    AuditEvent event = callerEvent(kind, caller);
    event.client = client.id;
    event.why = "client:" + client.name;
    event.detail = detail;
    return rooms_.audit.append(event);
}

Json ClientMethods::toWire(const RegisteredClient& client) const {
    const bool expired = rooms_.clients.isExpired(client);
    return Json{{"name", client.name},
                {"client_id", client.id},
                {"owner", client.owner},
                {"description", client.description},
                {"allow", client.allowed},
                {"role", roleWord(client.role)},
                {"state", !client.active ? "disabled"
                          : expired      ? "expired"
                                         : "active"},
                {"created_at", toRfc3339(client.createdAt)},
                {"expires_at", timeOrNull(client.expiresAt)},
                {"rotated_at", timeOrNull(client.rotatedAt)},
                {"old_key_until", timeOrNull(client.oldKeyUntil)},
                {"last_used_at", timeOrNull(client.lastUsedAt)},
                {"uses", client.uses},
                {"key_ends", client.keyEnds}};
}

void ClientMethods::answerWithKey(const ClientKeys::Issued& issued, const Reply& reply) const {
    Json result = toWire(issued.client);
    result["key"] = issued.key.reveal();
    reply.result(result);
    wipeJson(result);
}

} // namespace keybearer
