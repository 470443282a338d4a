#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace keybearer {

// Text from outside (provider, program, file) made safe to print in a terminal, a log line or a dialog:
// invalid UTF-8, control characters and bidirectional overrides become \u{..}; cut to `limit` characters
// (SEC-C-38).
[[nodiscard]] std::string displaySafe(std::string_view text, std::size_t limit = 200);

[[nodiscard]] bool isValidUtf8(std::string_view text);

// The candidate nearest to a mistyped word, or empty if none is near.
[[nodiscard]] std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

[[nodiscard]] std::vector<std::string> splitWords(std::string_view text); // at spaces; no empty words
[[nodiscard]] std::string join(const std::vector<std::string>& parts, std::string_view separator);

// RFC 6750 section 2.1 b64token, the only characters that a bearer token may have: keeps CR LF out of
// headers.
[[nodiscard]] bool isBearerToken(std::string_view text);
// RFC 6749 appendix A: %x20-7E, what a client id, a state or an error may be made of.
[[nodiscard]] bool isVisibleAscii(std::string_view text);

} // namespace keybearer
