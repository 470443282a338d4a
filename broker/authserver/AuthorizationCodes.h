#pragma once

#include "broker/authserver/LocalServices.h"
#include "broker/base/Clock.h"

#include <map>
#include <string>
#include <vector>

namespace keybearer {

// What a code stands for and is bound to (OAuth 2.1 section 4.1.3).
struct CodeTerms {
    std::string clientId;
    std::string service;
    std::string redirectUri; // byte by byte as in the authorization request
    std::string challenge;   // S256
    std::vector<std::string> scopes;
    std::string consentId;
    ServiceSession session;
    bool refreshable = true;
};

// The codes that are on their way: 256 random bits each, kept as a hash, good for a minute and once. One that
// was used is remembered, so that a second use of it is known for what it is (SEC-S-06, SEC-S-07). Memory
// alone: a restart ends them. Owned by the LocalAuthorizationServer; event loop thread.
class AuthorizationCodes {
public:
    static constexpr std::chrono::seconds life{60};
    static constexpr std::chrono::minutes memory{10}; // of a used one
    static constexpr std::size_t most = 1024;

    struct Entry {
        CodeTerms terms;
        BootTime issuedAt{};
        std::string grantId; // what came of it; empty: not used yet
    };

    explicit AuthorizationCodes(const Clock& clock) : clock_(clock) {}

    [[nodiscard]] std::string issue(CodeTerms terms);
    // Null: unknown, or too old to be used.
    [[nodiscard]] Entry* find(const std::string& code);
    // What was issued, never used, and is over; each is returned once.
    [[nodiscard]] std::vector<CodeTerms> takeExpired();

private:
    const Clock& clock_;
    std::map<std::string, Entry> entries_; // by SHA-256 of the code
};

} // namespace keybearer
