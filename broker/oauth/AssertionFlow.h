#pragma once

#include "broker/oauth/MachineGrant.h"

namespace keybearer {

// A token for an assertion that somebody else signed (RFC 7523 section 2.1): one POST, and after a refusal
// nothing else - neither the same again nor another grant. The client may be without an id.
class AssertionFlow final : public MachineGrant {
    Q_OBJECT

public:
    AssertionFlow(HttpTransport& transport, const Clock& clock, Setup setup, Secret assertion,
                  Completion<TokenSet> done);

private:
    [[nodiscard]] Result<Form> form() override;

    Secret assertion_; // leaves with the request
};

// What a JWT from the outside says of itself. Nobody has checked its signature: good for words to a person
// and for not sending it where it cannot be meant for, and for nothing else.
struct AssertionClaims {
    std::string issuer;
    std::string subject;
    std::string label; // email, else preferred_username, else subject; display-safe
    std::vector<std::string> audiences;
    std::optional<WallTime> expiresAt;
};
// One compact JWS of at most 64 KiB. InvalidParams for anything else; nothing of it is quoted. Pure.
[[nodiscard]] Result<AssertionClaims> readAssertion(const Secret& jwt);

// Whether the audience is this server: its issuer or its token endpoint, one slash at the end set aside
// (RFC 7523 section 3).
[[nodiscard]] bool isMeantFor(const AssertionClaims& claims, const AuthorizationServer& server);

} // namespace keybearer
