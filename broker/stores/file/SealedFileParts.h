#pragma once

#include "broker/stores/envelope/Envelope.h"
#include "broker/stores/file/SealedFile.h"

// What the parts of SealedFile share; nobody else names it.
namespace keybearer {

// The name under which the ledger remembers the newest key of a file: no item has an id like it.
inline constexpr auto keysEntry = "(keys)";
// The fact in the ledger that names the file that belongs to this installation.
inline constexpr auto fileFact = "store_file";

[[nodiscard]] Error damagedFile(const std::string& what);
[[nodiscard]] std::string wrongKeyWords(StoreKeyKind kind);
[[nodiscard]] std::string wrongKeyAction(StoreKeyKind kind);
[[nodiscard]] EnvelopeBinding keyBinding(const std::string& storeId, std::int64_t keyId);
// HMAC-SHA-256 of a key under itself: says that this is the key without saying anything about it.
[[nodiscard]] std::string commitmentOf(const std::string& storeId, std::int64_t keyId, const Secret& dek);
[[nodiscard]] bool isCommitment(const std::string& storeId, std::int64_t keyId, const Secret& dek,
                                const std::string& commitment);
// SHA-256 over parts with their lengths.
[[nodiscard]] std::string digestOf(const std::vector<std::string>& parts);

} // namespace keybearer
