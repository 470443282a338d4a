#include "broker/authserver/AuthorityLists.h"

#include "broker/base/Time.h"

#include <algorithm>
#include <vector>

namespace keybearer {

namespace {

Json wallOrNull(WallTime time) {
    return time == WallTime() ? Json(nullptr) : Json(toRfc3339(time));
}

} // namespace

Json listOf(const LocalClients& clients, const LocalGrants& grants) {
    Json out = Json::array();
    const std::vector<LocalGrant> given = grants.all();
    for (const LocalClient& client : clients.all()) {
        const auto held = std::count_if(given.begin(), given.end(),
                                        [&](const LocalGrant& grant) { return grant.clientId == client.id; });
        out.push_back({{"client_id", client.id},
                       {"name", client.name},
                       {"service", client.service},
                       {"kind", client.kind == LocalClient::Kind::Document ? "document" : "registered"},
                       {"redirect_uris", client.redirectUris},
                       {"auth_method", client.authMethod},
                       {"created_at", toRfc3339(client.createdAt)},
                       {"last_used_at", wallOrNull(client.lastUsedAt)},
                       {"grants", held}});
    }
    return Json{{"clients", std::move(out)}};
}

Json listOf(const LocalGrants& grants, const AuthorityAudit& audit) {
    Json out = Json::array();
    for (const LocalGrant& grant : grants.all())
        out.push_back({{"grant_id", grant.id},
                       {"client_id", grant.clientId},
                       {"client", audit.nameOf(grant.clientId)},
                       {"service", grant.service},
                       {"account", grant.account},
                       {"session_id", grant.sessionId},
                       {"scopes", grant.scopes},
                       {"consent_id", grant.consentId},
                       {"refreshes", grant.generation - 1},
                       {"created_at", toRfc3339(grant.createdAt)},
                       {"last_used_at", toRfc3339(grant.lastUsedAt)}});
    return Json{{"grants", std::move(out)}};
}

Json listOf(const LocalKeys& keys) {
    Json out = Json::array();
    for (const LocalKey& key : keys.all()) {
        Json row{{"kid", key.id},
                 {"algorithm", "ES256"},
                 {"created_at", toRfc3339(key.createdAt)},
                 {"state", key.retiredAt ? "retired" : "signing"}};
        if (key.retiredAt)
            row["retires_at"] = toRfc3339(*key.retiredAt + LocalKeys::overlap);
        out.push_back(std::move(row));
    }
    return Json{{"keys", std::move(out)}};
}

} // namespace keybearer
