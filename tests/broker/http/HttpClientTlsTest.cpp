#include "broker/http/HttpClient.h"
#include "tests/broker/http/Exchange.h"

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QTcpSocket>

#include <gtest/gtest.h>
#include <memory>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

using namespace keybearer;
using namespace keybearer::test;

namespace {

QByteArray pemOf(const std::function<int(BIO*)>& write) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new(BIO_s_mem()), &BIO_free);
    write(bio.get());
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return {data, static_cast<qsizetype>(size)};
}

// A certificate for this machine that no authority has signed.
void useSelfSigned(QSslConfiguration& tls) {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(X509_new(), &X509_free);
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
    X509_NAME* name = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("127.0.0.1"),
                               -1, -1, 0);
    X509_set_issuer_name(certificate.get(), name);
    X509_set_pubkey(certificate.get(), key.get());
    X509_sign(certificate.get(), key.get(), EVP_sha256());
    tls.setLocalCertificate(
        QSslCertificate(pemOf([&](BIO* bio) { return PEM_write_bio_X509(bio, certificate.get()); })));
    tls.setPrivateKey(QSslKey(pemOf([&](BIO* bio) {
                                  return PEM_write_bio_PrivateKey(bio, key.get(), nullptr, nullptr, 0,
                                                                  nullptr, nullptr);
                              }),
                              QSsl::Ec));
}

} // namespace

TEST(HttpClientTls, SEC_C_21_UnknownCertificateIsRefusedAndNothingIsSent) {
    QSslServer server;
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    useSelfSigned(tls);
    ASSERT_FALSE(tls.localCertificate().isNull());
    ASSERT_FALSE(tls.privateKey().isNull());
    server.setSslConfiguration(tls);
    QByteArray received;
    QObject::connect(&server, &QTcpServer::pendingConnectionAvailable, &server, [&] {
        while (QTcpSocket* socket = server.nextPendingConnection())
            QObject::connect(socket, &QTcpSocket::readyRead, &server,
                             [&received, socket] { received += socket->readAll(); });
    });
    ASSERT_TRUE(server.listen(QHostAddress::LocalHost));
    HttpClient client;
    const QUrl url(QStringLiteral("https://127.0.0.1:%1/token").arg(server.serverPort()));
    const Result<HttpResponse> response = exchange(client, post(url, "refresh_token=planted"));
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, ErrorCode::ProviderUnavailable);
    EXPECT_NE(response.error().message.find("certificate"), std::string::npos) << response.error().message;
    EXPECT_TRUE(received.isEmpty());
}

TEST(HttpClientTls, SEC_C_21_PlainServerIsNoTlsServer) {
    QTcpServer server;
    ASSERT_TRUE(server.listen(QHostAddress::LocalHost));
    QByteArray received;
    QObject::connect(&server, &QTcpServer::newConnection, &server, [&] {
        QTcpSocket* socket = server.nextPendingConnection();
        QObject::connect(socket, &QTcpSocket::readyRead, &server, [&received, socket] {
            received += socket->readAll();
            socket->write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        });
    });
    HttpClient client;
    const QUrl url(QStringLiteral("https://127.0.0.1:%1/token").arg(server.serverPort()));
    ASSERT_FALSE(exchange(client, post(url, "refresh_token=planted")));
    EXPECT_FALSE(received.contains("planted"));
}
