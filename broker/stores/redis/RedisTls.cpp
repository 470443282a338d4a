#include "broker/stores/redis/RedisTls.h"

#include "broker/base/Text.h"
#include "broker/config/TrustedFile.h"
#include "broker/http/ClientCertificate.h"

#include <QSslCertificate>
#include <QSslSocket>

#include <algorithm>
#include <array>

namespace keybearer {

namespace {

constexpr std::size_t longestCaFile = std::size_t{4} << 20; // a system's whole bundle has 200 KiB
constexpr std::size_t longestCertificate = std::size_t{256} << 10;
constexpr std::size_t longestKey = std::size_t{64} << 10;
constexpr std::size_t longestPassword = 4096;

// What is wrong with a file that the configuration names, as a trouble of the store.
tl::unexpected<Error> fileTrouble(std::string_view key, const Error& error) {
    std::string action =
        error.action.empty() ? std::string("Correct ").append(key).append(".") : error.action;
    return failure(ErrorCode::StoreUnavailable, std::string(key).append(": ").append(error.message),
                   std::move(action));
}

Result<TrustedFile> readConfigured(std::string_view key, const std::filesystem::path& file,
                                   std::size_t limit) {
    Result<TrustedFile> read = readTrustedFile(file, limit);
    if (!read)
        return fileTrouble(key, std::move(read.error()));
    return read;
}

Result<Secret> readPrivate(std::string_view key, const std::filesystem::path& file, std::size_t limit) {
    Result<TrustedFile> read = readConfigured(key, file, limit);
    if (!read)
        return failure(std::move(read.error()));
    Secret secret = Secret::takeFrom(read->content);
    if (read->othersMayRead)
        return failure(ErrorCode::StoreUnavailable,
                       std::string(key).append(": others may read ").append(displaySafe(file.string())),
                       std::string("Close it to them: chmod 600 ").append(displaySafe(file.string())));
    return secret;
}

Result<QList<QSslCertificate>> readAuthorities(const std::filesystem::path& file) {
    Result<TrustedFile> read = readConfigured("store.redis.ca_file", file, longestCaFile);
    if (!read)
        return failure(std::move(read.error()));
    QList<QSslCertificate> found = QSslCertificate::fromData(QByteArray::fromStdString(read->content));
    found.removeIf([](const QSslCertificate& each) { return each.isNull(); });
    if (found.isEmpty())
        return failure(ErrorCode::StoreUnavailable,
                       std::string("store.redis.ca_file: ")
                           .append(displaySafe(file.string()))
                           .append(" holds no certificate in PEM"),
                       "Name the file of the authority that has signed the server's certificate.");
    return found;
}

Result<void> showOurs(QSslConfiguration& tls, const RedisConfig& config, WallTime now) {
    Result<TrustedFile> chain =
        readConfigured("store.redis.certificate", config.certificate, longestCertificate);
    if (!chain)
        return failure(std::move(chain.error()));
    const Result<Secret> key = readPrivate("store.redis.certificate_key", config.certificateKey, longestKey);
    if (!key)
        return failure(key.error());
    Result<std::shared_ptr<const ClientCertificate>> ours =
        ClientCertificate::fromPem(chain->content, *key, Secret(), now);
    if (!ours)
        return fileTrouble("store.redis.certificate", std::move(ours.error()));
    tls.setLocalCertificateChain((*ours)->chain());
    tls.setPrivateKey((*ours)->key());
    return {};
}

struct TlsWords {
    QSslError::SslError what;
    std::string_view message;
    std::string_view action;
};
constexpr std::string_view authorityAction = "Name the authority that has signed it in store.redis.ca_file, "
                                             "and make sure that this is the right server.";
// The most telling first: a certificate can have several faults.
constexpr std::array words{
    TlsWords{QSslError::CertificateExpired, "has expired",
             "Renew the certificate of the Redis server, or correct the clock of this machine."},
    TlsWords{QSslError::CertificateNotYetValid, "is not valid yet", "Correct the clock of this machine."},
    TlsWords{QSslError::CertificateRevoked, "was revoked", "Renew the certificate of the Redis server."},
    TlsWords{QSslError::SelfSignedCertificate, "is signed by itself, not by a known authority",
             authorityAction},
    TlsWords{QSslError::SelfSignedCertificateInChain, "is signed by an unknown authority", authorityAction},
    TlsWords{QSslError::UnableToGetLocalIssuerCertificate, "is signed by an unknown authority",
             authorityAction},
    TlsWords{QSslError::UnableToVerifyFirstCertificate, "is signed by an unknown authority", authorityAction},
    TlsWords{QSslError::CertificateSignatureFailed, "is not signed by the authority of that name",
             authorityAction},
    TlsWords{QSslError::HostNameMismatch, "is for another name",
             "Write the name that stands in the certificate into store.redis.url, or make a certificate for "
             "this one."},
};

} // namespace

Result<QSslConfiguration> redisTls(const RedisConfig& config, WallTime now) {
    if (!QSslSocket::supportsSsl())
        return failure(ErrorCode::StoreUnavailable, "TLS is not available: OpenSSL could not be loaded",
                       "Install OpenSSL 3 (Debian: libssl3).");
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    if (!config.caFile.empty()) {
        Result<QList<QSslCertificate>> authorities = readAuthorities(config.caFile);
        if (!authorities)
            return failure(std::move(authorities.error()));
        tls.setCaCertificates(*authorities);
    }
    if (!config.certificate.empty()) {
        if (Result<void> ours = showOurs(tls, config, now); !ours)
            return failure(std::move(ours.error()));
    }
    return tls;
}

Result<Secret> redisPassword(const RedisConfig& config) {
    if (config.password)
        return config.password->open();
    if (config.passwordFile.empty())
        return Secret();
    Result<Secret> read = readPrivate("store.redis.password_file", config.passwordFile, longestPassword);
    if (!read)
        return read;
    std::string_view word = read->reveal();
    while (word.ends_with('\n') || word.ends_with('\r'))
        word.remove_suffix(1);
    if (word.empty())
        return failure(ErrorCode::StoreUnavailable,
                       std::string("store.redis.password_file: ")
                           .append(displaySafe(config.passwordFile.string()))
                           .append(" is empty"),
                       "Write the password into it.");
    return Secret::copyOf(word);
}

Error redisTlsError(const QList<QSslError>& errors, const std::string& host) {
    std::string message = std::string("Redis: the certificate of ").append(displaySafe(host)).append(" ");
    for (const TlsWords& each : words) {
        if (std::any_of(errors.begin(), errors.end(),
                        [&](const QSslError& error) { return error.error() == each.what; }))
            return {ErrorCode::StoreUnavailable, message.append(each.message), std::string(each.action)};
    }
    const std::string detail =
        errors.isEmpty() ? "unknown" : displaySafe(errors.front().errorString().toStdString(), 120);
    return {ErrorCode::StoreUnavailable, message.append("cannot be trusted: ").append(detail),
            "Correct the certificate of the Redis server, or store.redis.ca_file."};
}

} // namespace keybearer
