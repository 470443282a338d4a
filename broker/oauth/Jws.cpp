#include "broker/oauth/Jws.h"

#include "broker/base/Random.h"
#include "broker/base/Text.h"
#include "broker/oauth/CjosePointers.h"
#include "broker/oauth/JwsAlgorithms.h"
#include "broker/oauth/PrivateKey.h"

#include <openssl/err.h>

#include <algorithm>
#include <array>

namespace keybearer {

namespace {

constexpr std::size_t tokenLimit = std::size_t{64} << 10;
constexpr std::size_t mostTried = 8; // keys tried when the token does not say which one
constexpr std::size_t textLimit = 512;
constexpr std::array<const char*, 5> forbiddenMembers{"crit", "b64", "jwk", "jku", "x5u"};

tl::unexpected<Error> refused(std::string why) {
    return failure(ErrorCode::ProviderError, std::string("The signed token is refused: ").append(why));
}

struct Parts {
    std::string_view header, claims, signature;
};

std::optional<Parts> split(std::string_view token) {
    const std::size_t first = token.find('.');
    const std::size_t last = token.rfind('.');
    if (first == std::string_view::npos || first == last || token.size() > tokenLimit)
        return std::nullopt;
    const Parts parts{token.substr(0, first), token.substr(first + 1, last - first - 1),
                      token.substr(last + 1)};
    if (parts.claims.find('.') != std::string_view::npos || fromBase64Url(parts.signature).empty())
        return std::nullopt;
    return parts;
}

Result<Json> objectIn(std::string_view part) {
    Result<Json> document = parseJson(fromBase64Url(part));
    if (!document || !document->is_object())
        return refused("a part of it is not readable");
    return document;
}

Result<void> readHeader(const Json& header, Jws& out) {
    for (const char* member : forbiddenMembers) {
        if (header.find(member) != header.end())
            return refused(std::string("its header has ").append(member));
    }
    out.algorithm = stringAt(header, "alg").value_or("");
    if (jwsAlgorithm(out.algorithm) == nullptr) {
        std::string why("its algorithm is ");
        return refused(why.append(out.algorithm.empty() ? "missing" : displaySafe(out.algorithm, 40)));
    }
    out.keyId = stringAt(header, "kid").value_or("");
    out.type = stringAt(header, "typ").value_or("");
    const bool odd = (header.find("kid") != header.end() && out.keyId.empty()) ||
                     out.keyId.size() > textLimit || out.type.size() > textLimit;
    return odd ? Result<void>(refused("its header is not readable")) : Result<void>();
}

bool mayHaveSigned(const Jwk& key, const Jws& token) {
    const JwsAlgorithm& algorithm = *jwsAlgorithm(token.algorithm);
    const JwsAlgorithm* own = jwsAlgorithm(key.algorithm);
    const bool sameAlgorithm = key.algorithm.empty() || key.algorithm == token.algorithm ||
                               (algorithm.keyType == "OKP" && own != nullptr && own->keyType == "OKP");
    const bool sameKey = token.keyId.empty() || key.keyId.empty() || key.keyId == token.keyId;
    return sameAlgorithm && sameKey && key.keyType == algorithm.keyType && key.curve == algorithm.curve;
}

bool verifiesEd25519(const Jwk& key, const Jws& token) {
    const std::string_view text(token.compact);
    const std::size_t last = text.rfind('.');
    return verifyEd25519(fromBase64Url(*stringAt(key.members, "x")), text.substr(0, last),
                         fromBase64Url(text.substr(last + 1)));
}

bool verifiesWithCjose(const Jwk& key, const Jws& token) {
    const std::string text = dumpJson(key.members);
    const CjoseKey jwk(cjose_jwk_import(text.data(), text.size(), nullptr));
    const CjoseJws jws(cjose_jws_import(token.compact.data(), token.compact.size(), nullptr));
    const bool good = jwk && jws && cjose_jws_verify(jws.get(), jwk.get(), nullptr);
    ERR_clear_error();
    return good;
}

} // namespace

Result<Jws> readJws(std::string_view token) {
    const std::optional<Parts> parts = split(token);
    if (!parts)
        return refused("it is no signed token of three parts");
    const Result<Json> header = objectIn(parts->header);
    if (!header)
        return failure(header.error());
    Result<Json> claims = objectIn(parts->claims);
    if (!claims)
        return failure(claims.error());
    Jws out;
    if (Result<void> read = readHeader(*header, out); !read)
        return failure(read.error());
    out.claims = std::move(*claims);
    out.compact = token;
    return out;
}

JwsVerdict verifyJws(const Jws& token, const JwkSet& keys) {
    std::size_t tried = 0;
    for (const Jwk& key : keys) {
        if (!mayHaveSigned(key, token) || tried == mostTried)
            continue;
        ++tried;
        if (key.keyType == "OKP" ? verifiesEd25519(key, token) : verifiesWithCjose(key, token))
            return JwsVerdict::Verified;
    }
    return tried == 0 ? JwsVerdict::NoKey : JwsVerdict::Forged;
}

} // namespace keybearer
