#pragma once

#include <string>
#include <string_view>

namespace keybearer {

// RFC 9110 section 5.1: a token.
[[nodiscard]] bool isFieldName(std::string_view name);
// What this process lets out as the value of a field: visible ASCII, spaces and tabs inside; no CR, LF, NUL
// and nothing of 8 bits (T-28).
[[nodiscard]] bool isFieldValue(std::string_view value);
// Mcp-Name and Mcp-Param-* (2026-07-28, Value Encoding): as it is where it can be, else =?base64?...?=.
[[nodiscard]] std::string mcpHeaderValue(std::string_view text);

} // namespace keybearer
