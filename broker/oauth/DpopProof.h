#pragma once

#include "broker/http/HttpTransport.h"
#include "broker/oauth/SigningKey.h"

namespace keybearer {

// One request that a proof is for.
struct DpopTarget {
    std::string method;    // "POST", as it stands in the request line
    QUrl url;              // query and fragment do not count
    std::string nonce;     // the server's newest; empty: none yet
    std::string tokenHash; // of the token that the proof goes with to a resource; empty: none
    WallTime now{};
};

// The claim ath of a proof: what it says of the token that it goes with (RFC 9449 section 4.2).
[[nodiscard]] std::string dpopTokenHash(const AccessToken& token);
// The grammar of a nonce (RFC 9449 section 8.1), at most 1 KiB; none at all is one too.
[[nodiscard]] bool isDpopNonce(std::string_view text);

// A DPoP proof (RFC 9449 section 4.2), good for one request: header DPoP. Failure: InternalError. Pure but
// for the random jti.
[[nodiscard]] Result<std::string> dpopProof(const SigningKey& key, const DpopTarget& target);

// The nonce that an answer brings (RFC 9449 section 8); empty if there is none or it breaks the grammar.
[[nodiscard]] std::string dpopNonceIn(const HttpResponse& response);

// The refusal that asks for the same request again with the nonce that came with it (RFC 9449 section 8);
// nothing was consumed.
[[nodiscard]] bool wantsDpopNonce(const Error& error);
// The server wants a proof and there was none or no good one (RFC 9449 section 5).
[[nodiscard]] bool wantsDpop(const Error& error);

} // namespace keybearer
