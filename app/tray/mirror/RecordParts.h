#pragma once

#include "app/tray/mirror/Records.h"
#include "broker/base/Json.h"

// Single members of what the broker told, capped and escaped: for the readers of records alone.
namespace keybearer::recordparts {

constexpr std::size_t longestName = 64; // claimed names and account labels
constexpr qsizetype mostTexts = 64;     // of a list: as many scopes as one request may name
constexpr std::size_t longestListed = 120;

[[nodiscard]] QString textAt(const Json& object, const char* key, std::size_t limit = 200);
[[nodiscard]] QString pathAt(const Json& object, const char* key);
[[nodiscard]] QDateTime timeAt(const Json& object, const char* key);
[[nodiscard]] QStringList textsAt(const Json& object, const char* key);
// account.label
[[nodiscard]] QString labelAt(const Json& object);

} // namespace keybearer::recordparts
