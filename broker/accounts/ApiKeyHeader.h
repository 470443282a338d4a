#pragma once

#include "broker/accounts/Credential.h"

namespace keybearer {

// How an API key goes into a request: "Name: text {key} text", taken apart. Pure.
struct ApiKeyHeader {
    std::string name;
    std::string before; // of the key, in the value
    std::string after;

    // InvalidParams: no header name, a name that belongs to the connection, characters that HTTP does not
    // allow, or not exactly one {key}.
    [[nodiscard]] static Result<ApiKeyHeader> parse(std::string_view text);
    [[nodiscard]] Secret value(std::string_view key) const;
};

// Why an API key must not be handed out, if so: PolicyDenied (switched off, not exportable), SignInAgain with
// reason "expired". Each with what to do.
[[nodiscard]] std::optional<Error> apiKeyRefusal(const CredentialRecord& record, WallTime now);

// NotFound, with the nearest name that there is.
[[nodiscard]] Error unknownApiKey(const std::string& name, const std::vector<std::string>& known);

} // namespace keybearer
