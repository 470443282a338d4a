#pragma once

#include "broker/base/Secret.h"

#include <string>
#include <string_view>

// The key of a registered client: "kbk_", 43 characters of base62 that hold 256 random bits, and 6 of their
// CRC-32. Secret scanners find it by prefix and checksum, and a typing mistake is told from a key that nobody
// has. Pure functions; a key is never part of an error.
namespace keybearer {

// "kbk_" and 49 letters and digits.
inline constexpr std::size_t clientKeyLength = 53;

[[nodiscard]] Secret newClientKey();

// Could this be a key at all: prefix, length, alphabet and checksum fit?
[[nodiscard]] bool isClientKey(std::string_view text);

// SHA-256, 32 raw bytes: what is kept. No slow hash, no salt: nobody guesses 256 random bits.
[[nodiscard]] std::string clientKeyHash(std::string_view key);

// Compares two hashes in constant time.
[[nodiscard]] bool sameKeyHash(std::string_view left, std::string_view right);

} // namespace keybearer
