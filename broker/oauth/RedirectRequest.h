#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace keybearer {

// Request line and headers of what a browser sends to our redirect address may have this many bytes; a code
// of 4 KiB with everything around it fits.
constexpr std::size_t redirectHeadLimit = std::size_t{8} << 10;

// A request head, as far as a redirect address cares (RFC 9112).
struct RedirectRequest {
    std::string method;
    std::string path;  // as sent: not decoded, compared byte by byte
    std::string query; // as sent, without the question mark
    std::string host;
};

// Where the head ends (just behind its empty line), or nothing if that has not arrived yet.
[[nodiscard]] std::optional<std::size_t> redirectHeadEnd(std::string_view received);

// Reads a whole head. Nothing if it is no HTTP/1 request in origin form with exactly one Host and lines that
// end in CR LF. Strict on purpose: only browsers come here. Pure.
[[nodiscard]] std::optional<RedirectRequest> parseRedirectRequest(std::string_view head);

} // namespace keybearer
