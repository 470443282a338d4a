#pragma once

#include "broker/access/Role.h"
#include "broker/base/Clock.h"
#include "broker/base/Result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace keybearer {

// A program that a person gave a key: what it may have without being asked about, as what, and until when.
struct RegisteredClient {
    std::string id; // random; stays when the key changes
    std::string name;
    std::string owner;
    std::string description;
    // "github", "github:ana@example.com", "apikey", "apikey:NAME"; empty: no token at all.
    std::vector<std::string> allowed;
    Role role = Role::Agent;
    bool active = true;
    WallTime createdAt{};
    std::optional<WallTime> expiresAt;
    std::optional<WallTime> rotatedAt;
    std::optional<WallTime> lastUsedAt;
    std::int64_t uses = 0; // connections that showed the key

    std::string keyHash; // of the key in force (clientKeyHash)
    std::string keyEnds; // its last four characters, to tell one key from another; part of the checksum
    std::int64_t keyNumber = 1;          // counts the keys of this client
    std::string oldKeyHash;              // of the one before, or empty
    std::optional<WallTime> oldKeyUntil; // and for how long that is still good
};

// Where registered clients are kept. Owned by the Broker; event loop thread.
class ClientStore {
public:
    virtual ~ClientStore() = default;
    // A row that cannot be understood is left out: its key is then unknown.
    [[nodiscard]] virtual Result<std::vector<RegisteredClient>> loadClients() = 0;
    [[nodiscard]] virtual Result<void> putClient(const RegisteredClient& client) = 0;
    [[nodiscard]] virtual Result<void> removeClient(const std::string& id) = 0;
};

} // namespace keybearer
