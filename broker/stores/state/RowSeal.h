#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace keybearer {

// HMAC-SHA-256 over the fields of one row and the place that it belongs to, in hex. `key` has 32 bytes. What
// it is worth: a row that was changed, made, or carried over from another database without the key does not
// count. The key lies in the same database, so it says nothing about whoever can read all of it.
[[nodiscard]] std::string sealOfRow(std::string_view key, std::string_view storeId, std::string_view table,
                                    const std::vector<std::string>& fields);
// Compares in constant time.
[[nodiscard]] bool isSeal(std::string_view given, std::string_view wanted);

} // namespace keybearer
