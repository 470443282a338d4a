#pragma once

#include "broker/gateway/door/ServedRequest.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What a request is held against before anybody answers it, in the order of docs/gateway-http.md. Pure
// functions over values: they look at nothing but what they are given. Any thread.
namespace keybearer {

// Why the door does not let a request through.
struct Refusal {
    int status = 400;
    std::string error;  // one word, for programs
    std::string text;   // what happened and what to do
    bool close = false; // what comes behind it on this connection cannot be told apart any more
};

// A head of a request: 64 KiB and 100 fields hold every honest one with a token and a trace.
inline constexpr std::size_t longestRequestHead = std::size_t{64} << 10;
inline constexpr std::size_t mostRequestFields = 100;

// Where a head ends (behind its empty line), in bytes that may hold more or less; nothing yet: 0.
// A refusal where what is there cannot become the head of a request (bare LF, control characters, too long).
struct HeadEnd {
    std::size_t size = 0;
    std::optional<Refusal> refusal;
};
// `seen`: so many bytes were looked at before, and nothing was wrong with them.
[[nodiscard]] HeadEnd headEnd(std::string_view bytes, std::size_t seen = 0);

// The framing of a whole head (RFC 9112 sections 2.2, 5.2, 6.3): HTTP/1.1, no folded lines, no space around
// names, one Content-Length of digits or one Transfer-Encoding "chunked", never both (SEC-G-09).
[[nodiscard]] std::optional<Refusal> checkFraming(std::string_view head);

struct RequestTarget {
    std::string path;
    std::string query; // as it came, without '?'
};
// A target in origin form, normalised once (SEC-G-10); nothing where it is none, or could mean two things.
[[nodiscard]] std::optional<RequestTarget> normalisedTarget(std::string_view target);

// The one of `hosts` that the only Host field names (SEC-G-02).
struct NamedHost {
    std::string host;
    std::optional<Refusal> refusal;
};
[[nodiscard]] NamedHost namedHost(const std::vector<HttpField>& fields,
                                  const std::vector<std::string>& hosts);

// Whether the request may come from where it says it does (SEC-G-03, T-14). `own`: the origin of the door as
// the request names it. `page`: people are led there by other sites, so that a browser may open it as a page
// of its own, in no frame.
struct ComesFrom {
    std::string listedOrigin; // the Origin field, where it is listed and not our own
    std::optional<Refusal> refusal;
};
[[nodiscard]] ComesFrom comesFrom(const RequestHead& head, const std::vector<std::string>& listed, bool page);

// Content-Type without parameters, in lower case; empty unless there is exactly one.
[[nodiscard]] std::string mediaTypeOf(const RequestHead& head);

// A token where it ends up in logs and histories (SEC-G-12, RFC 6750 section 2.3).
[[nodiscard]] bool hasTokenInQuery(std::string_view query);

} // namespace keybearer
