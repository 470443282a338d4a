#include "broker/oauth/PrivateKey.h"

#include "broker/base/Random.h"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <array>
#include <cstring>

namespace keybearer {

namespace {

constexpr std::size_t pemLimit = std::size_t{64} << 10; // an RSA key of 8192 bits has 7 KiB
constexpr int smallestRsa = 2048;                       // RFC 7518 section 3.3
constexpr int largestRsa = 8192;                        // signing with a larger one takes seconds

struct BioFree {
    void operator()(BIO* bio) const noexcept { BIO_free_all(bio); }
};
struct NumberFree {
    void operator()(BIGNUM* number) const noexcept { BN_clear_free(number); }
};
struct DigestFree {
    void operator()(EVP_MD_CTX* digest) const noexcept { EVP_MD_CTX_free(digest); }
};
using Bio = std::unique_ptr<BIO, BioFree>;
using Number = std::unique_ptr<BIGNUM, NumberFree>;
using Digest = std::unique_ptr<EVP_MD_CTX, DigestFree>;

struct PassphraseQuestion {
    const Secret* passphrase;
    bool asked = false;
};

int answerPassphrase(char* buffer, int size, int /*writing*/, void* user) {
    auto& question = *static_cast<PassphraseQuestion*>(user);
    question.asked = true;
    const auto text = question.passphrase->reveal();
    if (text.empty() || text.size() > static_cast<std::size_t>(size))
        return -1;
    std::memcpy(buffer, text.data(), text.size());
    return static_cast<int>(text.size());
}

struct Curve {
    std::string_view group; // OpenSSL's name
    const char* name;       // RFC 7518 section 6.2.1.1
    std::size_t width;      // bytes of a coordinate
};
constexpr std::array<Curve, 3> curves{{
    {"prime256v1", "P-256", 32},
    {"secp384r1", "P-384", 48},
    {"secp521r1", "P-521", 66},
}};

const Curve* curveOf(const EVP_PKEY& key) {
    std::array<char, 64> group{};
    std::size_t length = 0;
    if (EVP_PKEY_get_group_name(&key, group.data(), group.size(), &length) != 1)
        return nullptr;
    for (const auto& curve : curves)
        if (curve.group == std::string_view(group.data(), length))
            return &curve;
    return nullptr;
}

Json ecJwk(const EVP_PKEY& key, const Curve& curve) {
    const auto x = keyNumber(key, OSSL_PKEY_PARAM_EC_PUB_X, curve.width);
    const auto y = keyNumber(key, OSSL_PKEY_PARAM_EC_PUB_Y, curve.width);
    return {{"kty", "EC"}, {"crv", curve.name}, {"x", base64Url(x.reveal())}, {"y", base64Url(y.reveal())}};
}

Json ed25519Jwk(const EVP_PKEY& key) {
    std::array<unsigned char, 32> raw{};
    std::size_t size = raw.size();
    EVP_PKEY_get_raw_public_key(&key, raw.data(), &size);
    const std::string_view bytes(reinterpret_cast<const char*>(raw.data()), size);
    return {{"kty", "OKP"}, {"crv", "Ed25519"}, {"x", base64Url(bytes)}};
}

Result<Json> rsaJwk(const EVP_PKEY& key) {
    const int bits = EVP_PKEY_get_bits(&key);
    if (bits < smallestRsa || bits > largestRsa) {
        std::string message("the RSA key has ");
        message.append(std::to_string(bits)).append(" bits");
        return failure(ErrorCode::InvalidParams, std::move(message),
                       "Use an RSA key of 2048 to 8192 bits, or an EC key on P-256.");
    }
    return Json{{"kty", "RSA"},
                {"n", base64Url(keyNumber(key, OSSL_PKEY_PARAM_RSA_N).reveal())},
                {"e", base64Url(keyNumber(key, OSSL_PKEY_PARAM_RSA_E).reveal())}};
}

} // namespace

void EvpKeyFree::operator()(evp_pkey_st* key) const noexcept {
    EVP_PKEY_free(key);
}

Result<EvpKey> readPrivateKey(const Secret& pem, const Secret& passphrase) {
    if (pem.size() > pemLimit)
        return failure(ErrorCode::InvalidParams, "the key is larger than any private key",
                       "Give a file with one private key in PEM.");
    const Bio bio(BIO_new_mem_buf(pem.reveal().data(), static_cast<int>(pem.size())));
    PassphraseQuestion question{&passphrase};
    EvpKey key;
    if (bio)
        key.reset(PEM_read_bio_PrivateKey(bio.get(), nullptr, answerPassphrase, &question));
    ERR_clear_error(); // or the next TLS handshake would find our failure in its queue
    if (key)
        return key;
    if (question.asked && passphrase.empty())
        return failure(ErrorCode::InvalidParams, "the key is encrypted and no passphrase is given",
                       "Give the passphrase of the key.");
    if (question.asked)
        return failure(ErrorCode::InvalidParams, "the passphrase does not open the key",
                       "Check the passphrase of the key.");
    return failure(ErrorCode::InvalidParams, "there is no private key in PEM",
                   "Give a file that starts with -----BEGIN PRIVATE KEY----- or a line like it.");
}

EvpKey generatePrivateKey() {
    return EvpKey(EVP_EC_gen("P-256"));
}

Secret privateKeyPem(const evp_pkey_st& key) {
    // A memory BIO from the secure variant is wiped when it grows and when it goes.
    const Bio bio(BIO_new(BIO_s_secmem()));
    if (!bio || PEM_write_bio_PKCS8PrivateKey(bio.get(), &key, nullptr, nullptr, 0, nullptr, nullptr) != 1)
        return {};
    char* start = nullptr;
    const auto size = BIO_get_mem_data(bio.get(), &start);
    return size > 0 ? Secret::copyOf({start, static_cast<std::size_t>(size)}) : Secret();
}

Result<Json> publicJwkOf(const evp_pkey_st& key) {
    if (EVP_PKEY_is_a(&key, "RSA") == 1)
        return rsaJwk(key);
    if (EVP_PKEY_is_a(&key, "ED25519") == 1)
        return ed25519Jwk(key);
    if (EVP_PKEY_is_a(&key, "EC") == 1)
        if (const auto* curve = curveOf(key))
            return ecJwk(key, *curve);
    return failure(ErrorCode::InvalidParams, "the key is of a kind that cannot sign here",
                   "Use an EC key on P-256, P-384 or P-521, an RSA key or an Ed25519 key.");
}

Secret keyNumber(const evp_pkey_st& key, const char* name, std::size_t width) {
    BIGNUM* read = nullptr;
    if (EVP_PKEY_get_bn_param(&key, name, &read) != 1) {
        ERR_clear_error();
        return {};
    }
    const Number number(read);
    const auto needed = static_cast<std::size_t>(BN_num_bytes(number.get()));
    std::string bytes(std::max(width, needed), '\0');
    BN_bn2binpad(number.get(), reinterpret_cast<unsigned char*>(bytes.data()),
                 static_cast<int>(bytes.size()));
    return Secret::takeFrom(bytes);
}

std::string signEd25519(evp_pkey_st& key, std::string_view message) {
    const Digest digest(EVP_MD_CTX_new());
    std::string signature(64, '\0');
    std::size_t size = signature.size();
    if (!digest || EVP_DigestSignInit(digest.get(), nullptr, nullptr, nullptr, &key) != 1 ||
        EVP_DigestSign(digest.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                       reinterpret_cast<const unsigned char*>(message.data()), message.size()) != 1)
        return {};
    return signature;
}

bool verifyEd25519(std::string_view publicKey, std::string_view message, std::string_view signature) {
    const EvpKey key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr,
                                                 reinterpret_cast<const unsigned char*>(publicKey.data()),
                                                 publicKey.size()));
    const Digest digest(EVP_MD_CTX_new());
    const bool good =
        key && digest && EVP_DigestVerifyInit(digest.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
        EVP_DigestVerify(digest.get(), reinterpret_cast<const unsigned char*>(signature.data()),
                         signature.size(), reinterpret_cast<const unsigned char*>(message.data()),
                         message.size()) == 1;
    ERR_clear_error();
    return good;
}

} // namespace keybearer
