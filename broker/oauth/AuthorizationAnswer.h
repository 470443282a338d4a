#pragma once

#include "broker/base/Error.h"
#include "broker/base/Secret.h"

#include <map>
#include <string>

namespace keybearer {

// What was recorded before the browser was opened (SEC-C-10).
struct AuthorizationExpectation {
    Secret state;
    std::string issuer; // empty: a provider without issuer, then "iss" says nothing
    bool issParameterSupported = false;
};

// What an authorization response (RFC 6749 section 4.1.2) means.
struct AuthorizationAnswer {
    enum class Kind {
        NotOurs, // no or wrong state: as if it had not come (SEC-C-06)
        Refused, // ours, and the sign-in is over; `error` says why
        Granted, // `code` may be exchanged
    };
    Kind kind = Kind::NotOurs;
    Secret code;
    Error error;
};

// In this order: state, compared in constant time; then "iss" (RFC 9207 section 2.4), and if that is wrong no
// other field is looked at or shown (SEC-C-11, 12, 13); only then "error" and "code". access_denied is
// Cancelled, any other error ProviderError with its details. Pure.
[[nodiscard]] AuthorizationAnswer judgeAnswer(const std::map<std::string, std::string>& parameters,
                                              const AuthorizationExpectation& expected);

} // namespace keybearer
