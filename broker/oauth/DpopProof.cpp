#include "broker/oauth/DpopProof.h"

#include "broker/base/Random.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::size_t jtiBytes = 24;
constexpr std::size_t nonceLimit = 1024; // goes back inside a header

bool isError(const Error& error, std::string_view name) {
    const ErrorDetail* detail = error.detail("error");
    const std::string* text = detail == nullptr ? nullptr : std::get_if<std::string>(detail);
    return text != nullptr && *text == name;
}

// RFC 6749 appendix A: NQCHAR.
bool isNonceCharacter(char c) {
    return c >= 0x21 && c <= 0x7E && c != '"' && c != '\\';
}

} // namespace

Result<std::string> dpopProof(const SigningKey& key, const DpopTarget& target) {
    const auto url = target.url.adjusted(QUrl::RemoveQuery | QUrl::RemoveFragment).toEncoded().toStdString();
    Json claims{{"jti", randomToken(jtiBytes)},
                {"htm", target.method},
                {"htu", url},
                {"iat", toUnixSeconds(target.now)}};
    if (!target.nonce.empty())
        claims["nonce"] = target.nonce;
    if (!target.tokenHash.empty())
        claims["ath"] = target.tokenHash;
    return key.sign({{"typ", "dpop+jwt"}, {"jwk", key.publicJwk()}}, claims);
}

std::string dpopTokenHash(const AccessToken& token) {
    return base64Url(sha256(token.reveal()));
}

bool isDpopNonce(std::string_view text) {
    return text.size() <= nonceLimit && std::all_of(text.begin(), text.end(), isNonceCharacter);
}

std::string dpopNonceIn(const HttpResponse& response) {
    std::string nonce = response.header("DPoP-Nonce");
    return isDpopNonce(nonce) ? nonce : std::string();
}

bool wantsDpopNonce(const Error& error) {
    return isError(error, "use_dpop_nonce");
}

bool wantsDpop(const Error& error) {
    return wantsDpopNonce(error) || isError(error, "invalid_dpop_proof");
}

} // namespace keybearer
