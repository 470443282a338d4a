#pragma once

#include "broker/access/AuthRules.h"
#include "broker/access/Consent.h"
#include "broker/accounts/AccountRegistry.h"
#include "broker/providers/ProviderCatalog.h"

#include <chrono>
#include <string>
#include <vector>

namespace keybearer {

// What a program asks for: a provider, a resource, a service, or a tool alone.
struct TokenWish {
    CredentialSelector selector;
    std::vector<std::string> scopes; // empty: whatever was granted
    std::chrono::seconds minValid{0};
    std::string reason;                               // the program's own words
    std::string tool;                                 // for which tool it is meant, or empty
    std::string service;                              // of which service, or empty
    ConsentPurpose purpose = ConsentPurpose::HandOut; // what the program may do with it
    bool mayAsk = true;                               // false: nobody waits for it, so no person is bothered
    bool forProof = false; // not the token leaves, but a proof for one request with it (RFC 9449)

    std::shared_ptr<const AuthRule> rule{}; // that had a say in it; set by applyRules
};

// Lets the rules choose where the program named no credential, and hold where it did (docs/auth-rules.md):
// afterwards the selector names a provider or a resource. A word that is no provider but a service means the
// service. NotFound (service), NotConfigured (no rule), PolicyDenied (the program asks for something else
// than the rule of the tool).
[[nodiscard]] Result<TokenWish> applyRules(const AuthRules& rules, const ProviderCatalog& catalog,
                                           TokenWish wish);

// The same for what was found: a sign-in by resource may be of another provider than the tool's rule says.
[[nodiscard]] Result<void> holdsAgainst(const TokenWish& wish, const CredentialRecord& record);

// What a missing sign-in is answered with when a rule said how it is to be had: data.auth_type and the
// command.
[[nodiscard]] Error withRemedyOf(const AuthRule& rule, Error error);

} // namespace keybearer
