#pragma once

#include "broker/accounts/Credential.h"

#include <map>

namespace keybearer {

// The index of stored sign-ins, without secrets. Every change is on the disk when the call returns. Owned by
// the Broker; event loop thread.
class CredentialIndex {
public:
    virtual ~CredentialIndex() = default;
    [[nodiscard]] virtual Result<std::vector<CredentialRecord>> loadRecords() = 0;
    [[nodiscard]] virtual Result<void> putRecord(const CredentialRecord& record) = 0;
    [[nodiscard]] virtual Result<void> removeRecord(const std::string& id) = 0;
};

// The sealed write-ahead journal of token rotations: what makes a new refresh token durable before anybody
// uses the access token that came with it. Every change is on the disk when the call returns. Event loop
// thread.
class RotationJournal {
public:
    struct Intent { // a token request was about to leave; its outcome is unknown
        std::uint64_t generation = 0;
        std::string attempt;
        WallTime at{};
        bool ambiguous = false; // an earlier attempt of this generation had no answer
    };
    struct Pending {
        std::optional<Intent> intent;
        std::optional<CredentialSecrets> commit; // newer than the store's item
        bool damaged = false;                    // there was a commit, but its seal does not hold
    };

    virtual ~RotationJournal() = default;

    // Gives the sealing key, 32 bytes; before that every call but damaged ones fails with StoreLocked.
    [[nodiscard]] virtual Result<void> open(const Secret& key) = 0;
    // Wipes the key: the store was locked.
    virtual void close() = 0;
    [[nodiscard]] virtual bool isOpen() const = 0;

    [[nodiscard]] virtual Result<void> intend(const std::string& id, const Intent& intent,
                                              const RefreshToken& refreshToken) = 0;
    // Replaces the intent and any older commit.
    [[nodiscard]] virtual Result<void> commit(const std::string& id, const CredentialSecrets& secrets) = 0;
    // The attempt ended without a new generation, and certainly so.
    [[nodiscard]] virtual Result<void> withdrawIntent(const std::string& id) = 0;
    // The store's item holds this generation: the commit is not needed any more.
    [[nodiscard]] virtual Result<void> clearCommit(const std::string& id, std::uint64_t generation) = 0;
    [[nodiscard]] virtual Result<void> forget(const std::string& id) = 0;
    [[nodiscard]] virtual Result<std::map<std::string, Pending>> pending() = 0;
};

} // namespace keybearer
