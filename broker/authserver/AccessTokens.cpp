#include "broker/authserver/AccessTokens.h"

#include "broker/base/Random.h"
#include "broker/base/Time.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr const char* tokenType = "at+jwt";
constexpr const char* algorithm = "ES256";
constexpr std::size_t idBytes = 16;
constexpr std::size_t signatureBytes = 64; // of ES256 (RFC 7518 section 3.4)
constexpr std::size_t longestToken = 4096; // ours have about 700 bytes; nothing else is looked at
constexpr std::chrono::seconds leeway{60}; // a clock that was set back; the end is the end

tl::unexpected<Error> notOurs() {
    return failure(ErrorCode::ClientUnknown, "this is no token of this gateway for this service",
                   "Let the program sign in anew.");
}

// One signature, one text: nothing behind it, no spare bits set.
bool hasPlainSignature(std::string_view token) {
    const std::string_view signature = token.substr(std::min(token.rfind('.'), token.size() - 1) + 1);
    const std::string bytes = fromBase64Url(signature);
    return bytes.size() == signatureBytes && base64Url(bytes) == signature;
}

} // namespace

Result<std::string> makeAccessToken(LocalKeys& keys, TokenClaims& claims, std::chrono::seconds life,
                                    const Clock& clock) {
    claims.id = randomToken(idBytes);
    claims.issuedAt = clock.wall();
    claims.expiresAt = claims.issuedAt + life;
    const Json payload{{"iss", claims.issuer},      {"aud", claims.audience},
                       {"sub", claims.subject},     {"client_id", claims.clientId},
                       {"jti", claims.id},          {"iat", toUnixSeconds(claims.issuedAt)},
                       {"scope", claims.scope},     {"exp", toUnixSeconds(claims.expiresAt)},
                       {"grant_id", claims.grantId}};
    return keys.sign(Json{{"typ", tokenType}}, payload);
}

Result<TokenClaims> readAccessToken(std::string_view token, const JwkSet& keys,
                                    const TokenExpectation& expected) {
    if (token.empty() || token.size() > longestToken || !hasPlainSignature(token))
        return notOurs();
    const Result<Jws> jws = readJws(token);
    if (!jws || jws->algorithm != algorithm || jws->keyId.empty() || jws->type != tokenType)
        return notOurs();
    const auto key =
        std::find_if(keys.begin(), keys.end(), [&](const Jwk& one) { return one.keyId == jws->keyId; });
    if (key == keys.end() || verifyJws(*jws, {*key}) != JwsVerdict::Verified)
        return notOurs();
    const Json& claims = jws->claims;
    const auto text = [&](const char* name) { return stringAt(claims, name).value_or(""); };
    const auto issued = integerAt(claims, "iat");
    const auto ends = integerAt(claims, "exp");
    if (text("iss") != expected.issuer || text("aud") != expected.audience || !issued || !ends)
        return notOurs();
    TokenClaims out{text("iss"),           text("aud"),   text("sub"), text("client_id"),
                    text("grant_id"),      text("scope"), text("jti"), fromUnixSeconds(*issued),
                    fromUnixSeconds(*ends)};
    if (out.clientId.empty() || out.grantId.empty() || out.subject.empty() || out.id.empty() ||
        out.issuedAt > expected.now + leeway)
        return notOurs();
    if (out.expiresAt <= expected.now)
        return failure(ErrorCode::ClientExpired, "the token has expired", "Let the program renew it.");
    return out;
}

} // namespace keybearer
