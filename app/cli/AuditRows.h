#pragma once

#include "app/cli/Invocation.h"

namespace keybearer {

// "7d", "12h", "30m", "45s", "2w", a date or an RFC 3339 time, as a moment. InvalidParams names the option.
[[nodiscard]] Result<WallTime> momentFrom(const std::string& text, WallTime now, const char* option);

// What the options --since, --until, --caller ... of audit list and audit export ask for.
[[nodiscard]] Result<AuditQueryParams> auditWish(Invocation& invocation);

// A row as audit export writes it: the names that log collectors expect.
[[nodiscard]] Json exportedRow(const Json& row);

// All rows that match, the oldest first, handed over page by page; false: enough. A whole log may be larger
// than memory.
[[nodiscard]] Result<void> eachRow(Invocation& invocation, AuditQueryParams wish,
                                   const std::function<bool(const Json& row)>& visit);

// Shows new rows as they come, until Ctrl-C or nobody reads any more.
[[nodiscard]] Result<int> followRows(Invocation& invocation, AuditQueryParams wish,
                                     const std::function<void(const Json& row)>& show);

} // namespace keybearer
