#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace keybearer {

// The parts of an absolute http or https URL that decide where a request goes and with which token.
struct WebAddress {
    std::string text;   // normalised, without fragment
    std::string scheme; // "http" or "https"
    std::string host;   // in lower case; IPv6 in brackets
    std::string port;   // always there
    [[nodiscard]] bool sameOrigin(const WebAddress& other) const {
        return scheme == other.scheme && host == other.host && port == other.port;
    }
    // localhost, 127.0.0.0/8 or [::1].
    [[nodiscard]] bool isLoopback() const;
};

// Nothing where it is no such URL, or has a user name in it.
[[nodiscard]] std::optional<WebAddress> parseWebAddress(std::string_view url);
// The same, of a reference relative to `base` (Location, the endpoint event).
[[nodiscard]] std::optional<WebAddress> resolveWebAddress(const std::string& base,
                                                          std::string_view reference);

} // namespace keybearer
