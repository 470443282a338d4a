#pragma once

#include <optional>
#include <string>
#include <vector>

namespace keybearer {

// What a resource server demands: one challenge of a WWW-Authenticate field (RFC 9110 section 11.6.1) whose
// scheme is Bearer (RFC 6750 section 3, RFC 9728 section 5.1) or DPoP (RFC 9449 section 7.1). A value. All of
// it came from outside: members hold only the characters named here, what has others is left out.
struct BearerChallenge {
    enum class Scheme { Bearer, Dpop };
    Scheme scheme = Scheme::Bearer;
    std::string error;             // visible ASCII: invalid_token, insufficient_scope, use_dpop_nonce ...
    std::string errorDescription;  // displaySafe()
    std::string scope;             // visible ASCII, words separated by one space
    std::string resourceMetadata;  // visible ASCII without space, at most 2048; not yet judged as an address
    std::vector<std::string> algs; // of DPoP, visible ASCII
};

// The Bearer and DPoP challenges of all fields, in their order; those of other schemes are read over.
// Bounded: 8 KiB a field, 16 fields, 16 challenges a field, 32 parameters a challenge; what lies beyond is
// not looked at. A field that breaks the grammar counts up to its last whole challenge, and a challenge that
// says one thing twice does not count. One departure, because servers do it: a value with characters that
// should be quoted (an address) is taken without quotes as well. Never throws; pure.
[[nodiscard]] std::vector<BearerChallenge> parseChallenges(const std::vector<std::string>& fields);

// The one to act on: the first Bearer challenge, else the first of DPoP.
[[nodiscard]] std::optional<BearerChallenge> chosenChallenge(const std::vector<std::string>& fields);

} // namespace keybearer
