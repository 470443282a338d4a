#pragma once

#include "tests/support/Certificates.h"

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>

namespace keybearer::test {

// What a server of the test shows and whom it believes.
inline QSslConfiguration serverTls(const Identity& server, const Identity* clientAuthority = nullptr) {
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setLocalCertificate(QSslCertificate(QByteArray::fromStdString(certificatePem(server))));
    tls.setPrivateKey(QSslKey(QByteArray::fromStdString(keyPem(server)), QSsl::Ec));
    if (clientAuthority != nullptr) {
        tls.setCaCertificates({QSslCertificate(QByteArray::fromStdString(certificatePem(*clientAuthority)))});
        tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    }
    return tls;
}

} // namespace keybearer::test
