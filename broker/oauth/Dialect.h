#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace keybearer {

// Where one authorization server departs from the RFCs. All of it is data of a provider's entry; the default
// is the RFC. A value.
struct Dialect {
    bool jsonBody = false;                // token requests are JSON objects instead of forms (RFC 6749 4.1.3)
    bool secretAsBasicUser = false;       // the secret is the user of HTTP Basic, and nothing its password
    bool basicAsIs = false;               // client id and secret not form-encoded first (RFC 6749 2.3.1)
    std::string tokenObject;              // the member of the answer that holds the tokens; empty: itself
    std::string scopeParameter = "scope"; // of the authorization request
    std::optional<std::chrono::seconds> refreshLife; // of a refresh token, where its answers do not tell
    bool rejectsResource = false;                    // RFC 8707 parameter must not be sent
    bool githubRevocation = false; // DELETE api.github.com/applications/CLIENT/grant instead of RFC 7009
    bool revokes = true;           // false: only the person can, in the provider's settings

    // The redirect address, where a server wants more of it fixed than RFC 8252 section 7.3 does.
    std::string redirectHost = "127.0.0.1"; // or localhost
    std::uint16_t redirectPort = 0;         // 0: any
    bool redirectPortMayDiffer = false;     // where that one is taken, any other will do

    bool operator==(const Dialect&) const = default;
};

} // namespace keybearer
