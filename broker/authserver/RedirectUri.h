#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace keybearer {

// What may be done with an address that a client wants its answers at (RFC 9700 section 2.6, RFC 8252
// section 8.4). Pure.
enum class RedirectVerdict {
    Accept, // https, http on this machine, a private-use scheme
    Drop,   // http to another machine: never used, yet no reason to refuse what else a client registers
    Refuse, // a scheme that browsers or the system act upon themselves, a fragment, or no address at all
};
[[nodiscard]] RedirectVerdict judgeRedirect(std::string_view uri);

// http on this machine, taken apart: 127.0.0.1, localhost and [::1] are one host.
struct LoopbackAddress {
    std::string host;
    std::string port; // digits; empty: none written
    std::string rest; // path and query, at least "/"
};
[[nodiscard]] std::optional<LoopbackAddress> loopbackAddress(std::string_view uri);

// Is `asked` what was registered? Byte by byte, but for the port and the name of a loopback host (RFC 8252
// section 7.3).
[[nodiscard]] bool matchesRedirect(std::string_view registered, std::string_view asked);

// Where it goes, for people: a host, "this computer", or the scheme of an application.
[[nodiscard]] std::string redirectTarget(std::string_view uri);

} // namespace keybearer
