#pragma once

#include "broker/base/Json.h"
#include "broker/base/Random.h"
#include "broker/base/Secret.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <memory>
#include <string>

namespace keybearer::test {

// Keys made for one run, in PEM (PKCS #8), encrypted when a passphrase is given.
inline std::string pemOf(EVP_PKEY* key, const std::string& passphrase = {}) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new(BIO_s_mem()), BIO_free);
    PEM_write_bio_PKCS8PrivateKey(bio.get(), key, passphrase.empty() ? nullptr : EVP_aes_128_cbc(),
                                  passphrase.empty() ? nullptr : passphrase.data(),
                                  static_cast<int>(passphrase.size()), nullptr, nullptr);
    char* start = nullptr;
    const auto size = BIO_get_mem_data(bio.get(), &start);
    std::string pem(start, static_cast<std::size_t>(size));
    EVP_PKEY_free(key);
    return pem;
}

inline std::string rsaPem(unsigned bits = 2048, const std::string& passphrase = {}) {
    return pemOf(EVP_RSA_gen(bits), passphrase);
}
inline std::string ecPem(const char* curve = "P-256", const std::string& passphrase = {}) {
    return pemOf(EVP_EC_gen(curve), passphrase);
}
inline std::string ed25519Pem() {
    return pemOf(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
}

// The parts of a compact JWS, believed without a look at the signature.
inline Json partOf(const std::string& token, std::size_t number) {
    std::size_t begin = 0;
    for (; number > 0; --number)
        begin = token.find('.', begin) + 1;
    return Json::parse(fromBase64Url(token.substr(begin, token.find('.', begin) - begin)));
}
inline Json headerOf(const std::string& token) {
    return partOf(token, 0);
}
inline Json claimsOf(const std::string& token) {
    return partOf(token, 1);
}

} // namespace keybearer::test
