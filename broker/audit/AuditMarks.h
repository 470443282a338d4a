#pragma once

#include "broker/audit/AuditChain.h"

#include <cstdint>
#include <string>

namespace keybearer {

// The keyed marks beside the rows of an AuditArchive, by name: the last row that was removed, the newest that
// was imported, what the store's seal stands on, and where rows begin after a damaged file. Any thread.
inline constexpr const char* anchorMark = "anchor";
inline constexpr const char* sealMark = "seal";
inline constexpr const char* storeSealMark = "store_seal";
inline constexpr const char* setAsideMark = "set_aside";

// The head that a stored line stands for. One that cannot be read has a hash that nothing follows from.
[[nodiscard]] ChainHead headOf(std::int64_t sequence, const std::string& line);
// The store's seal vouches for the anchor as well: nobody else may cut off the oldest rows.
[[nodiscard]] std::string anchorText(const ChainHead& anchor);

} // namespace keybearer
