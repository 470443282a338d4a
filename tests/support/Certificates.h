#pragma once

#include <functional>
#include <memory>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <string>

namespace keybearer::test {

// Certificates made for one run. An Identity is a key and what an authority (or it itself) has signed for it.
struct Identity {
    std::shared_ptr<EVP_PKEY> key;
    std::shared_ptr<X509> certificate;
};

struct CertificateWish {
    std::string name;              // CN
    std::string alternativeName{}; // "DNS:login.example.test" or "IP:127.0.0.1"; empty: none
    long beginsAfter = -3600;      // seconds from now
    long endsAfter = 3600;
    bool isAuthority = false;
    bool isRsa = false;
};

inline std::string pemWith(const std::function<int(BIO*)>& write) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new(BIO_s_mem()), &BIO_free);
    write(bio.get());
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

inline void extend(X509* certificate, X509* issuer, int what, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, what, value.c_str());
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

inline Identity makeIdentity(const CertificateWish& wish, const Identity* authority = nullptr) {
    static long serial = 100;
    Identity made{{wish.isRsa ? EVP_RSA_gen(2048) : EVP_EC_gen("P-256"), EVP_PKEY_free},
                  {X509_new(), X509_free}};
    X509* certificate = made.certificate.get();
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate), wish.beginsAfter);
    X509_gmtime_adj(X509_getm_notAfter(certificate), wish.endsAfter);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(wish.name.c_str()), -1, -1, 0);
    const Identity& signer = authority == nullptr ? made : *authority;
    X509_set_issuer_name(certificate, X509_get_subject_name(signer.certificate.get()));
    X509_set_pubkey(certificate, made.key.get());
    if (wish.isAuthority) {
        extend(certificate, signer.certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
        extend(certificate, signer.certificate.get(), NID_key_usage, "critical,keyCertSign,digitalSignature");
    }
    if (!wish.alternativeName.empty())
        extend(certificate, signer.certificate.get(), NID_subject_alt_name, wish.alternativeName);
    X509_sign(certificate, signer.key.get(), EVP_sha256());
    return made;
}

inline std::string certificatePem(const Identity& identity) {
    return pemWith([&](BIO* bio) { return PEM_write_bio_X509(bio, identity.certificate.get()); });
}

inline std::string keyPem(const Identity& identity, const std::string& passphrase = {}) {
    return pemWith([&](BIO* bio) {
        return PEM_write_bio_PKCS8PrivateKey(bio, identity.key.get(),
                                             passphrase.empty() ? nullptr : EVP_aes_128_cbc(),
                                             passphrase.empty() ? nullptr : passphrase.data(),
                                             static_cast<int>(passphrase.size()), nullptr, nullptr);
    });
}

} // namespace keybearer::test
