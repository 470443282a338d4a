#pragma once

#include "broker/authserver/LocalClient.h"
#include "broker/authserver/LocalGrant.h"
#include "broker/base/Json.h"
#include "broker/base/Secret.h"

#include <optional>

namespace keybearer {

// A key of the authorization server; its secret part lies beside it, sealed.
struct LocalKey {
    std::string id; // the kid of a signing key (its thumbprint)
    Json publicJwk; // null: it signs no tokens
    WallTime createdAt{};
    std::optional<WallTime> retiredAt; // it signs no more since then; what it signed is good until it ends
};

// Where clients, grants and keys are kept. A row that was changed outside of the broker is not returned.
// Secret parts are sealed with the key of the rotation journal: they are there once the store is open (else
// StoreLocked). Every change is on the disk when the call returns. Owned by the Broker; event loop thread.
class AuthorityStore {
public:
    virtual ~AuthorityStore() = default;
    [[nodiscard]] virtual Result<std::vector<LocalClient>> loadLocalClients() = 0;
    [[nodiscard]] virtual Result<void> putLocalClient(const LocalClient& client) = 0;
    [[nodiscard]] virtual Result<void> removeLocalClient(const std::string& id) = 0;

    [[nodiscard]] virtual Result<std::vector<LocalGrant>> loadLocalGrants() = 0;
    [[nodiscard]] virtual Result<void> putLocalGrant(const LocalGrant& grant) = 0;
    [[nodiscard]] virtual Result<void> removeLocalGrant(const std::string& id) = 0;

    [[nodiscard]] virtual Result<std::vector<LocalKey>> loadLocalKeys() = 0;
    // An empty secret leaves the one that is there.
    [[nodiscard]] virtual Result<void> putLocalKey(const LocalKey& key, const Secret& secret) = 0;
    [[nodiscard]] virtual Result<Secret> localKeySecret(const std::string& id) = 0; // NotFound
    [[nodiscard]] virtual Result<void> removeLocalKey(const std::string& id) = 0;
};

} // namespace keybearer
