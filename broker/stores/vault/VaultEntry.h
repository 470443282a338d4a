#pragma once

#include "broker/base/Json.h"
#include "broker/base/Time.h"
#include "broker/stores/shared/RemoteRecords.h"

#include <cstdint>
#include <optional>
#include <string>

namespace keybearer {

// What lies under one name: the sealed record and the lease of the same name in one value, so that one
// check-and-set covers both. That is what fences are made of here: whoever gets the lease thereby makes a new
// version, and a write of somebody who had it before meets another version than the one it knows, looks
// again, and finds the higher fence.
struct VaultEntry {
    std::uint64_t revision = 0; // ours, see RemoteRecords; 0: absent
    std::string sealed;
    std::optional<WallTime> expires; // by the server's clock; without a record: when the entry may go
    std::string owner;               // of the last lease; empty: there was none
    std::uint64_t fence = 0;         // of the last lease
    WallTime until{};                // of the last lease, by the server's clock
    bool returned = false;           // the last lease was given back
    bool abandoned = false;          // the one before the last was never given back

    [[nodiscard]] bool operator==(const VaultEntry&) const = default;
};

// As the member "data" of a key of KV version 2.
[[nodiscard]] Json packVaultEntry(const VaultEntry& entry);
// Failure: ParseError, what lies there is not ours.
[[nodiscard]] Result<VaultEntry> readVaultEntry(const Json& data);

// An entry as it lies there, with the engine's own number of its version.
struct VaultSeen {
    std::uint64_t version = 0; // 0: there has never been one
    VaultEntry entry;
};

// What is to be done with an entry, seen by the server's clock; pure functions. Neither write nor error: it
// is already as it should be.
struct VaultDecision {
    std::optional<VaultEntry> write;
    std::optional<Error> error;
    RemoteRecords::Lease lease; // decideLease()
};
[[nodiscard]] VaultDecision decidePut(const RemoteRecords::Write& write, const VaultSeen& seen, WallTime now);
[[nodiscard]] VaultDecision decideErase(std::uint64_t expected, const VaultSeen& seen, WallTime now);
[[nodiscard]] VaultDecision decideLease(const std::string& owner, std::chrono::milliseconds life,
                                        const VaultSeen& seen, WallTime now);
[[nodiscard]] VaultDecision decideGiveBack(const std::string& owner, std::uint64_t fence,
                                           const VaultSeen& seen);

// The revision, but of a record whose time is over: 0.
[[nodiscard]] std::uint64_t revisionAt(const VaultEntry& entry, WallTime now);
// There has been nothing here for a week: no record and no lease.
[[nodiscard]] bool mayBeRemoved(const VaultEntry& entry, WallTime now);

} // namespace keybearer
