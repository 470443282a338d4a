#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace keybearer {

// base64url without padding (RFC 4648 section 5).
[[nodiscard]] std::string base64Url(std::string_view bytes);
// Empty if the text is not base64url.
[[nodiscard]] std::string fromBase64Url(std::string_view text);
[[nodiscard]] std::string hex(std::string_view bytes);

// Random bytes from the system's generator, as base64url; 32 bytes give the 43 characters of a PKCE verifier.
[[nodiscard]] std::string randomToken(std::size_t bytes = 32);

// SHA-256, 32 raw bytes.
[[nodiscard]] std::string sha256(std::string_view bytes);

} // namespace keybearer
