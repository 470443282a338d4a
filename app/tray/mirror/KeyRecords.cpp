#include "app/tray/mirror/RecordParts.h"

#include <algorithm>

namespace keybearer {

using namespace recordparts;

namespace {

constexpr std::size_t longestDescription = 400;
constexpr qsizetype mostGrants = 32; // of one client; more say nothing new

bool namesClient(const Json& object, const std::string& id, const std::string& name) {
    const std::string client =
        stringAt(object, "client_id").value_or(stringAt(object, "client").value_or(""));
    return !client.empty() && (client == id || client == name);
}

QStringList grantsOf(const Json& whole, const std::string& id) {
    QStringList grants;
    const auto list = whole.find("grants");
    if (list == whole.end() || !list->is_array())
        return grants;
    for (const Json& grant : *list) {
        if (stringAt(grant, "client_id") != id || grants.size() >= mostGrants)
            continue;
        const QString account = textAt(grant, "account", longestName);
        const QString service = textAt(grant, "service", longestName);
        grants.append(account.isEmpty() ? service : service + QStringLiteral(" \u2013 ") + account);
    }
    return grants;
}

} // namespace

std::optional<ApiKeyRecord> readApiKey(const Json& object) {
    ApiKeyRecord key;
    key.name = stringAt(object, "name").value_or("");
    std::optional<SessionRecord> row = readSession(object);
    if (key.name.empty() || !row)
        return std::nullopt;
    key.row = std::move(*row);
    key.row.kind = SessionKind::ApiKey;
    key.row.account = shown(key.name, longestName);
    key.header = textAt(object, "header");
    key.description = textAt(object, "description", longestDescription);
    key.active = booleanAt(object, "active").value_or(false);
    key.exportable = booleanAt(object, "exportable").value_or(false);
    key.createdAt = timeAt(object, "created_at");
    key.row.refreshedAt = timeAt(object, "rotated_at");
    const bool expired = booleanAt(object, "expired").value_or(false);
    key.row.state = !key.active ? SessionState::SwitchedOff
                    : expired   ? SessionState::Expired
                                : SessionState::Active;
    return key;
}

std::optional<ClientRecord> readClient(const Json& object) {
    ClientRecord client;
    client.name = stringAt(object, "name").value_or("");
    client.id = stringAt(object, "client_id").value_or("");
    if (client.name.empty() || client.id.empty())
        return std::nullopt;
    client.owner = textAt(object, "owner");
    client.description = textAt(object, "description", longestDescription);
    client.allow = textsAt(object, "allow");
    client.role = textAt(object, "role", 32);
    client.state = textAt(object, "state", 32);
    client.createdAt = timeAt(object, "created_at");
    client.expiresAt = timeAt(object, "expires_at");
    client.rotatedAt = timeAt(object, "rotated_at");
    client.oldKeyUntil = timeAt(object, "old_key_until");
    client.lastUsedAt = timeAt(object, "last_used_at");
    client.uses = integerAt(object, "uses").value_or(0);
    client.keyEnds = textAt(object, "key_ends", 16);
    return client;
}

std::optional<CapabilityRecord> readCapability(const Json& object) {
    CapabilityRecord capability;
    capability.id = stringAt(object, "capability_id").value_or("");
    if (capability.id.empty())
        return std::nullopt;
    capability.profile = textAt(object, "profile", longestName);
    capability.pid = integerAt(object, "pid").value_or(0);
    capability.executable = pathAt(object, "executable");
    capability.inEnvironment = booleanAt(object, "in_environment").value_or(false);
    capability.issuedAt = timeAt(object, "issued_at");
    capability.expiresAt = timeAt(object, "expires_at");
    return capability;
}

std::optional<GatewayClientRecord> readGatewayClient(const Json& object, const Json& whole) {
    GatewayClientRecord client;
    client.id = stringAt(object, "client_id").value_or("");
    if (client.id.empty())
        return std::nullopt;
    client.name = textAt(object, "name", longestName);
    client.service = textAt(object, "service", longestName);
    client.kind = textAt(object, "kind", 32);
    client.redirects = textsAt(object, "redirect_uris");
    client.createdAt = timeAt(object, "created_at");
    client.lastUsedAt = timeAt(object, "last_used_at");
    client.grants = grantsOf(whole, client.id);
    const std::string name = stringAt(object, "name").value_or("");
    const auto connected = whole.find("connected");
    client.isConnected = connected != whole.end() && connected->is_array() &&
                         std::any_of(connected->begin(), connected->end(),
                                     [&](const Json& each) { return namesClient(each, client.id, name); });
    return client;
}

} // namespace keybearer
