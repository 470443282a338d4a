#pragma once

#include "broker/stores/envelope/KeyCommitment.h"
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

} // namespace keybearer
