#include "broker/http/ClientCertificate.h"

#include "broker/base/Text.h"
#include "broker/base/Time.h"

#include <QDateTime>

#include <algorithm>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

namespace keybearer {

namespace {

constexpr std::size_t longestChain = std::size_t{256} << 10; // a chain has a few KiB
constexpr std::size_t longestKey = std::size_t{64} << 10;
constexpr int mostCertificates = 10; // of one chain

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

tl::unexpected<Error> refused(std::string what, std::string action) {
    return failure(ErrorCode::InvalidParams, std::move(what), std::move(action));
}

WallTime timeOf(const QDateTime& time) {
    return WallTime(std::chrono::milliseconds(time.toMSecsSinceEpoch()));
}

struct Asked {
    const Secret& passphrase;
    bool was = false;
};

// OpenSSL asks for the passphrase through this; without one it would ask on the terminal.
int givePassphrase(char* buffer, int size, int, void* user) {
    Asked& asked = *static_cast<Asked*>(user);
    asked.was = true;
    const std::string_view word = asked.passphrase.reveal();
    if (word.empty() || word.size() > static_cast<std::size_t>(size))
        return -1;
    word.copy(buffer, word.size());
    return static_cast<int>(word.size());
}

Result<Key> readKey(const Secret& pem, const Secret& passphrase) {
    if (pem.empty() || pem.size() > longestKey)
        return refused("the key of the client certificate is empty or far too large",
                       "Give the file of the private key in PEM.");
    const Bio bio(BIO_new_mem_buf(pem.reveal().data(), static_cast<int>(pem.size())), BIO_free);
    Asked asked{passphrase};
    ERR_clear_error();
    Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, givePassphrase, &asked), EVP_PKEY_free);
    ERR_clear_error();
    if (key != nullptr)
        return key;
    if (asked.was && passphrase.empty())
        return refused("the key of the client certificate is encrypted and there is no passphrase",
                       "Give the passphrase of the key.");
    if (asked.was)
        return refused("the passphrase of the client certificate's key is wrong",
                       "Correct the passphrase of the key.");
    return refused("the key of the client certificate is no private key in PEM",
                   "Give the file that begins with -----BEGIN PRIVATE KEY-----.");
}

Result<QList<QSslCertificate>> readChain(std::string_view pem) {
    QList<QSslCertificate> chain;
    if (pem.size() <= longestChain)
        chain = QSslCertificate::fromData(QByteArray(pem.data(), static_cast<qsizetype>(pem.size())));
    const bool sound =
        !chain.isEmpty() && chain.size() <= mostCertificates &&
        std::none_of(chain.begin(), chain.end(), [](const QSslCertificate& each) { return each.isNull(); });
    if (!sound)
        return refused(
            "the client certificate is no certificate in PEM",
            "Give the file that begins with -----BEGIN CERTIFICATE-----, your own certificate first.");
    return chain;
}

Result<void> checkTimes(const QList<QSslCertificate>& chain, WallTime now) {
    for (const QSslCertificate& each : chain) {
        const std::string name = displaySafe(each.subjectDisplayName().toStdString(), 100);
        const std::string which = std::string("the client certificate ").append(name);
        const WallTime begin = timeOf(each.effectiveDate());
        const WallTime end = timeOf(each.expiryDate());
        if (end <= now)
            return refused(std::string(which).append(" has expired on ").append(toRfc3339(end)),
                           "Get a new certificate and put it in the place of the old one.");
        if (begin > now)
            return refused(std::string(which).append(" is not valid before ").append(toRfc3339(begin)),
                           "Wait until then, or correct the clock of this machine.");
    }
    return {};
}

bool belongTogether(const QSslCertificate& certificate, EVP_PKEY& key) {
    return X509_check_private_key(static_cast<const X509*>(certificate.handle()), &key) == 1;
}

} // namespace

Result<std::shared_ptr<const ClientCertificate>> ClientCertificate::fromPem(std::string_view chain,
                                                                            const Secret& key,
                                                                            const Secret& passphrase,
                                                                            WallTime now) {
    Result<QList<QSslCertificate>> certificates = readChain(chain);
    if (!certificates)
        return failure(std::move(certificates.error()));
    Result<Key> read = readKey(key, passphrase);
    if (!read)
        return failure(std::move(read.error()));
    const int kind = EVP_PKEY_get_base_id(read->get());
    if (kind != EVP_PKEY_RSA && kind != EVP_PKEY_EC)
        return refused("the key of the client certificate is neither RSA nor EC",
                       "Get a certificate with an RSA or EC key.");
    if (!belongTogether(certificates->front(), **read))
        return refused("the key does not belong to the first certificate of the chain",
                       "Give the key that the certificate was made with, and your own certificate first.");
    if (Result<void> valid = checkTimes(*certificates, now); !valid)
        return failure(std::move(valid.error()));
    std::shared_ptr<ClientCertificate> made(new ClientCertificate());
    made->chain_ = std::move(*certificates);
    made->key_ = QSslKey(static_cast<Qt::HANDLE>(read->release()), QSsl::PrivateKey);
    return made;
}

WallTime ClientCertificate::endsAt() const {
    WallTime first = timeOf(chain_.front().expiryDate());
    for (const QSslCertificate& each : chain_)
        first = std::min(first, timeOf(each.expiryDate()));
    return first;
}

} // namespace keybearer
