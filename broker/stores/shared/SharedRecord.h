#pragma once

#include "broker/accounts/CredentialStore.h"

#include <map>

namespace keybearer {

// One record of a shared store, opened. Its rank rises with everything that can happen to it: whoever has
// seen a rank and is shown a lower one later is shown the past.
struct SharedRecord {
    ItemTag tag;
    Secret value;
    std::uint64_t births = 0; // how often it was put there anew after it had been erased
    bool erased = false;      // a tombstone: no value

    [[nodiscard]] std::uint64_t rank() const;
};
// What a rank is made of.
[[nodiscard]] std::uint64_t birthsIn(std::uint64_t rank);
[[nodiscard]] std::uint64_t generationIn(std::uint64_t rank);
[[nodiscard]] inline bool isErasedIn(std::uint64_t rank) {
    return (rank & 1U) != 0;
}

// The keys of records (DEK) by number; the last one seals.
using SharedKeys = std::map<std::int64_t, SealedSecret>;

// Where a record lies; what it is sealed to.
struct SharedPlace {
    std::string storeId;
    std::string name; // "item/s_abc"
    std::uint64_t revision = 0;
};

// A number of the key, in clear, then the envelope (Envelope.h) of tag, rank and value.
[[nodiscard]] Result<std::string> sealRecord(const SharedKeys& keys, const SharedPlace& place,
                                             const SharedRecord& record);
// ParseError: damaged, moved, or not ours. NotFound: of a newer version, never to be overwritten.
// StoreLocked: sealed under a key that `keys` does not have (yet).
[[nodiscard]] Result<SharedRecord> openRecord(const SharedKeys& keys, const SharedPlace& place,
                                              std::string_view sealed);
// The number of the key that sealed it; 0 if it is nothing of ours.
[[nodiscard]] std::int64_t keyNumberOf(std::string_view sealed);

} // namespace keybearer
