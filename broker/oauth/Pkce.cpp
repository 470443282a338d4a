#include "broker/oauth/Pkce.h"

#include "broker/base/Random.h"

namespace keybearer {

namespace {

constexpr std::size_t verifierBytes = 32; // 256 bits make 43 characters, the shortest that RFC 7636 allows

} // namespace

Pkce makePkce() {
    std::string text = randomToken(verifierBytes);
    Pkce pkce;
    pkce.verifier = Secret::takeFrom(text);
    pkce.challenge = codeChallenge(pkce.verifier);
    return pkce;
}

std::string codeChallenge(const Secret& verifier) {
    return base64Url(sha256(verifier.reveal()));
}

} // namespace keybearer
