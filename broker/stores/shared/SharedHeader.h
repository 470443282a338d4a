#pragma once

#include "broker/base/Clock.h"
#include "broker/stores/envelope/StoreKey.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace keybearer {

// The record "header" of a shared store: which key opens it. Nothing in it is secret; a seal under the key
// from outside (KEK) covers all of it, so that nobody without that key can make or change one.
struct SharedHeader {
    std::uint64_t serial = 0; // counts its changes: the higher one is the newer one
    std::string storeId;      // random; what the records are bound to
    StoreKeyKind keyKind = StoreKeyKind::KeyFile;
    std::uint64_t memory = 0; // of a passphrase
    std::uint64_t passes = 0;
    std::string salt;
    std::string keyId;   // keyIdOf() the KEK
    std::string wrapper; // KeyWrapper::name() of what wraps the keys once more; empty: nothing does
    struct Key {         // a key of records (DEK)
        std::int64_t number = 0;
        std::string wrapped;
        std::string commitment;
        WallTime madeAt{};
    };
    std::vector<Key> keys; // rising; the last one seals what is written now
    bool rekeying = false; // not every record is sealed under the last key yet
    std::string seal;
};

inline constexpr auto headerRecord = "header";
inline constexpr std::size_t mostHeaderKeys = 8;

// "3f2a-91c0": tells people which key this is, and says nothing else about it.
[[nodiscard]] std::string keyIdOf(const Secret& kek);

[[nodiscard]] std::string printHeader(const SharedHeader& header);
// ParseError: this is no header of ours, or damaged. NotFound: of a newer version, which must not be touched.
[[nodiscard]] Result<SharedHeader> parseHeader(std::string_view text);
// To be called after every change of a header.
void sealHeader(SharedHeader& header, const Secret& kek);
[[nodiscard]] bool isGenuine(const SharedHeader& header, const Secret& kek);

// A header with one fresh key; `wrapped` of the key is its envelope under the KEK, not yet wrapped once more.
[[nodiscard]] Result<SharedHeader> freshHeader(SharedHeader terms, const Secret& kek, WallTime now);
// One more key, number last + 1.
[[nodiscard]] Result<SharedHeader::Key> freshKey(const std::string& storeId, std::int64_t number,
                                                 const Secret& kek, WallTime now);
// The envelope of a key that is there already, under another KEK.
[[nodiscard]] Result<std::string> wrapKey(const SharedHeader& header, std::int64_t number, const Secret& dek,
                                          const Secret& kek);
// The key in that envelope. ParseError: it is not, or not under this KEK.
[[nodiscard]] Result<Secret> openKey(const SharedHeader& header, const SharedHeader::Key& key,
                                     const std::string& envelope, const Secret& kek);

} // namespace keybearer
