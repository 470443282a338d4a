#pragma once

#include "broker/base/Clock.h"
#include "broker/base/Result.h"
#include "broker/base/Secret.h"

#include <QList>
#include <QSslCertificate>
#include <QSslKey>

#include <memory>
#include <string_view>

namespace keybearer {

// The certificate that shows a server who we are (tls_client_auth, RFC 8705), with the chain above it and its
// key. Immutable and shared by the provider and the requests that carry it; event loop thread. The key lies
// in the memory of OpenSSL, in clear, for as long as this object lives: the handshake needs it there.
class ClientCertificate {
public:
    // PEM: our certificate first, then those above it; an RSA or EC key. Failure: InvalidParams, with words
    // of its own for no certificate, no key, a wrong or missing passphrase, another kind of key, a key of
    // another certificate, a certificate that has ended or has not begun. Nothing of the key is ever quoted.
    [[nodiscard]] static Result<std::shared_ptr<const ClientCertificate>>
    fromPem(std::string_view chain, const Secret& key, const Secret& passphrase, WallTime now);

    [[nodiscard]] const QList<QSslCertificate>& chain() const { return chain_; }
    [[nodiscard]] const QSslKey& key() const { return key_; }
    [[nodiscard]] WallTime endsAt() const; // the first of the chain to end

private:
    ClientCertificate() = default;

    QList<QSslCertificate> chain_;
    QSslKey key_;
};

} // namespace keybearer
