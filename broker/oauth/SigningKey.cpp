#include "broker/oauth/SigningKey.h"

#include "broker/base/Random.h"
#include "broker/base/Text.h"
#include "broker/oauth/CjosePointers.h"
#include "broker/oauth/JwsAlgorithms.h"
#include "broker/oauth/PrivateKey.h"

#include <openssl/core_names.h>

#include <cstdlib>

namespace keybearer {

namespace {

struct Bytes { // cjose wants pointers to what it does not change
    explicit Bytes(const Secret& secret)
        : data(reinterpret_cast<std::uint8_t*>(const_cast<char*>(secret.reveal().data()))),
          size(secret.size()) {}
    std::uint8_t* data;
    std::size_t size;
};

cjose_jwk_ec_curve curveNamed(const std::string& name) {
    if (name == "P-384")
        return CJOSE_JWK_EC_P_384;
    return name == "P-521" ? CJOSE_JWK_EC_P_521 : CJOSE_JWK_EC_P_256;
}

CjoseKey ecKey(const evp_pkey_st& key, const Json& jwk) {
    const Secret d = keyNumber(key, OSSL_PKEY_PARAM_PRIV_KEY, fromBase64Url(*stringAt(jwk, "x")).size());
    const Secret x = Secret::copyOf(fromBase64Url(*stringAt(jwk, "x")));
    const Secret y = Secret::copyOf(fromBase64Url(*stringAt(jwk, "y")));
    cjose_jwk_ec_keyspec spec{};
    spec.crv = curveNamed(*stringAt(jwk, "crv"));
    spec.d = Bytes(d).data;
    spec.dlen = d.size();
    spec.x = Bytes(x).data;
    spec.xlen = x.size();
    spec.y = Bytes(y).data;
    spec.ylen = y.size();
    return CjoseKey(cjose_jwk_create_EC_spec(&spec, nullptr));
}

CjoseKey rsaKey(const evp_pkey_st& key) {
    const Secret n = keyNumber(key, OSSL_PKEY_PARAM_RSA_N);
    const Secret e = keyNumber(key, OSSL_PKEY_PARAM_RSA_E);
    const Secret d = keyNumber(key, OSSL_PKEY_PARAM_RSA_D);
    const Secret p = keyNumber(key, OSSL_PKEY_PARAM_RSA_FACTOR1);
    const Secret q = keyNumber(key, OSSL_PKEY_PARAM_RSA_FACTOR2);
    const Secret dp = keyNumber(key, OSSL_PKEY_PARAM_RSA_EXPONENT1);
    const Secret dq = keyNumber(key, OSSL_PKEY_PARAM_RSA_EXPONENT2);
    const Secret qi = keyNumber(key, OSSL_PKEY_PARAM_RSA_COEFFICIENT1);
    const cjose_jwk_rsa_keyspec spec{Bytes(e).data,  e.size(),  Bytes(n).data,  n.size(),
                                     Bytes(d).data,  d.size(),  Bytes(p).data,  p.size(),
                                     Bytes(q).data,  q.size(),  Bytes(dp).data, dp.size(),
                                     Bytes(dq).data, dq.size(), Bytes(qi).data, qi.size()};
    return CjoseKey(cjose_jwk_create_RSA_spec(&spec, nullptr));
}

CjoseHeader cjoseHeader(const Json& members) {
    CjoseHeader header(cjose_header_new(nullptr));
    for (const auto& [name, value] : members.items()) {
        const bool set =
            value.is_string()
                ? cjose_header_set(header.get(), name.c_str(), value.get_ref<const std::string&>().c_str(),
                                   nullptr)
                : cjose_header_set_raw(header.get(), name.c_str(), dumpJson(value).c_str(), nullptr);
        if (!set)
            return nullptr;
    }
    return header;
}

// RFC 7518 with cjose: RS, PS and ES. Empty on failure.
std::string signWithCjose(const CjoseKey& key, const Json& header, const std::string& payload) {
    const auto members = cjoseHeader(header);
    if (!key || !members)
        return {};
    const CjoseJws jws(cjose_jws_sign(key.get(), members.get(),
                                      reinterpret_cast<const std::uint8_t*>(payload.data()), payload.size(),
                                      nullptr));
    const char* compact = nullptr;
    return jws && cjose_jws_export(jws.get(), &compact, nullptr) ? compact : std::string();
}

std::string signWithEd25519(evp_pkey_st& key, const Json& header, const std::string& payload) {
    auto token = base64Url(dumpJson(header)).append(1, '.').append(base64Url(payload));
    const auto signature = signEd25519(key, token);
    return signature.empty() ? std::string() : token.append(1, '.').append(base64Url(signature));
}

bool fits(const JwsAlgorithm& algorithm, const Json& jwk) {
    return algorithm.keyType == *stringAt(jwk, "kty") &&
           algorithm.curve == stringAt(jwk, "crv").value_or(std::string());
}

// The configured one if it fits the key, else the first that does.
Result<std::string> chooseAlgorithm(const std::string& wanted, const Json& jwk) {
    if (wanted.empty()) {
        for (const auto& candidate : jwsAlgorithms)
            if (fits(candidate, jwk))
                return std::string(candidate.name);
    }
    const auto* known = jwsAlgorithm(wanted);
    if (known == nullptr) {
        auto message = std::string("the signature algorithm \"").append(displaySafe(wanted, 40));
        message.append("\" is not known");
        return failure(ErrorCode::InvalidParams, std::move(message),
                       std::string("Use one of ").append(jwsAlgorithmNames()).append("."));
    }
    if (fits(*known, jwk))
        return wanted;
    auto message = std::string("the key cannot sign with ").append(wanted).append(": it is of the kind ");
    message.append(*stringAt(jwk, "kty")).append(1, ' ').append(stringAt(jwk, "crv").value_or(""));
    return failure(ErrorCode::InvalidParams, std::move(message),
                   "Leave the algorithm out to have it chosen by the key, or give another key.");
}

} // namespace

std::string jwsAlgorithmNames() {
    std::vector<std::string> names;
    for (const auto& algorithm : jwsAlgorithms)
        names.emplace_back(algorithm.name);
    return join(names, ", ");
}

Result<std::shared_ptr<const SigningKey>> SigningKey::fromPem(const Secret& pem, const Secret& passphrase,
                                                              std::string algorithm, std::string keyId) {
    auto read = readPrivateKey(pem, passphrase);
    if (!read)
        return failure(std::move(read.error()));
    auto jwk = publicJwkOf(**read);
    if (!jwk)
        return failure(std::move(jwk.error()));
    auto chosen = chooseAlgorithm(algorithm, *jwk);
    if (!chosen)
        return failure(std::move(chosen.error()));
    std::shared_ptr<SigningKey> key(new SigningKey);
    key->pem_ = SealedSecret(privateKeyPem(**read));
    key->algorithm_ = std::move(*chosen);
    key->keyId_ = std::move(keyId);
    key->publicJwk_ = std::move(*jwk);
    return std::shared_ptr<const SigningKey>(std::move(key));
}

std::shared_ptr<const SigningKey> SigningKey::generate() {
    const auto made = generatePrivateKey();
    if (!made)
        std::abort();
    auto key = fromPem(privateKeyPem(*made));
    if (!key)
        std::abort();
    return std::move(*key);
}

Secret SigningKey::pem() const {
    return pem_.open();
}

std::string SigningKey::thumbprint() const {
    return base64Url(sha256(dumpJson(publicJwk_))); // members come sorted, without spaces
}

Result<std::string> SigningKey::sign(Json header, const Json& claims) const {
    header["alg"] = algorithm_;
    if (!keyId_.empty())
        header["kid"] = keyId_;
    const auto payload = dumpJson(claims);
    std::string token;
    if (const auto key = readPrivateKey(pem_.open(), {})) {
        const auto kind = *stringAt(publicJwk_, "kty");
        token = kind == "OKP"   ? signWithEd25519(**key, header, payload)
                : kind == "RSA" ? signWithCjose(rsaKey(**key), header, payload)
                                : signWithCjose(ecKey(**key, publicJwk_), header, payload);
    }
    if (token.empty())
        return failure(ErrorCode::InternalError, "a JWT could not be signed");
    return token;
}

} // namespace keybearer
