#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace keybearer {

// Every way in which a request can fail. The name a program sees on the wire is in protocol/RpcError.h;
// whether a failure passes by itself is isTransient() below. Texts for people are made from the code at the
// edge.
enum class ErrorCode {
    AuthorizationRequired, // nobody has signed in
    AuthorizationPending,  // a sign-in is running
    SignInAgain,           // the refresh token is dead; detail "reason": revoked, expired, lost_in_rotation
    InsufficientScope,     // details "required", "granted"
    ConsentRequired,
    ConsentDenied,
    ConsentUnavailable,  // nobody can be asked: no tray, no terminal
    ProviderUnavailable, // network, 5xx, 429: nothing is lost, retryAfter says when
    ProviderError,       // an OAuth error of RFC 6749 section 5.2; details "error", "error_description"
    RateLimited,
    PolicyDenied,
    PolicyUnavailable,
    StoreLocked,
    StoreUnavailable,
    NotFound, // detail "did_you_mean"
    ClientDisabled,
    ClientExpired,
    ClientUnknown,
    NotConfigured, // the provider has no client_id yet
    TimedOut,
    Cancelled,
    BrokerUnreachable, // only on the asking side
    ParseError,        // JSON-RPC -32700
    InvalidRequest,    // JSON-RPC -32600
    MethodNotFound,    // JSON-RPC -32601
    InvalidParams,     // JSON-RPC -32602
    InternalError,     // JSON-RPC -32603
};

// True when the same request may succeed later without anybody doing anything.
[[nodiscard]] bool isTransient(ErrorCode code);

using ErrorDetail = std::variant<std::string, std::int64_t, bool, std::vector<std::string>>;

// A failure as it travels through the rooms. Never holds a secret; text that came from outside is escaped and
// capped before it gets here (Text.h).
struct Error {
    ErrorCode code = ErrorCode::InternalError;
    std::string message; // one line, what happened
    std::string action;  // one sentence, what the person can do; empty: the edge picks one by code
    std::optional<std::chrono::seconds> retryAfter;
    std::vector<std::pair<std::string, ErrorDetail>> details;

    Error() = default;
    Error(ErrorCode c, std::string m) : code(c), message(std::move(m)) {}
    Error(ErrorCode c, std::string m, std::string a) : code(c), message(std::move(m)), action(std::move(a)) {}

    // Fluent, for building one in a return statement.
    [[nodiscard]] Error with(std::string key, ErrorDetail value) && {
        details.emplace_back(std::move(key), std::move(value));
        return std::move(*this);
    }
    [[nodiscard]] Error retry(std::chrono::seconds after) && {
        retryAfter = after;
        return std::move(*this);
    }
    [[nodiscard]] const ErrorDetail* detail(std::string_view key) const;
};

} // namespace keybearer
