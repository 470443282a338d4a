#pragma once

#include "broker/accounts/AccountRegistry.h"

namespace keybearer {

// Proofs that whoever sends a DPoP token has its key (RFC 9449 sections 4 and 7): the key stays here, the
// proof goes with one request. Owned by whoever answers for the permission - no proof is made here for
// somebody who may not have the token. Event loop thread.
class ResourceProof {
public:
    ResourceProof(const AccountRegistry& registry, const Clock& clock) : registry_(registry), clock_(clock) {}

    // What a token is recognised by in its proofs: the claim ath (section 4.2). Not secret.
    [[nodiscard]] static std::string hashOf(const AccessToken& token);

    struct Request {
        std::string sessionId; // whose key signs; its secrets must be in memory
        std::string tokenHash; // of the token that goes with the request, which a refresh may have replaced
        std::string method;    // as it stands in the request line
        std::string url;       // query and fragment do not count
        std::string nonce;     // the resource server's newest; empty: none yet
    };
    // InvalidParams: method, URL (https, or http on this machine; nothing but the session's resource, where
    // it has one), nonce or hash are not what they should be. NotFound: no such session. InvalidRequest: its
    // tokens are bearer tokens. StoreLocked: its key is not in memory.
    [[nodiscard]] Result<std::string> sign(const Request& request) const;

private:
    const AccountRegistry& registry_;
    const Clock& clock_;
};

} // namespace keybearer
