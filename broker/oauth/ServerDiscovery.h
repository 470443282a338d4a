#pragma once

#include "broker/http/DocumentRequest.h"
#include "broker/oauth/Flows.h"

#include <QObject>

namespace keybearer {

// Finds the metadata of an issuer: asks the addresses of wellKnownUrls() one after the other and stops at the
// first valid document (SEC-C-15). Failures: InvalidParams (the issuer is no usable address),
// ProviderUnavailable (at least one address did not answer, so it may be there later), ProviderError (no
// valid document; the message is about the last one that was there). When the server has no document at all
// the failure has detail "reason" no_metadata. Redirects as DocumentRequest follows them.
class ServerDiscovery final : public QObject, public AsyncFlow {
    Q_OBJECT

public:
    // publicOnly: a server of the public internet named the issuer, so it must lie there too (SEC-C-22).
    ServerDiscovery(HttpTransport& transport, std::string issuer, Completion<AuthorizationServer> done,
                    bool publicOnly = false);
    Q_DISABLE_COPY_MOVE(ServerDiscovery)

    void start(); // once

private:
    enum class Problem { NotThere, Wrong, NoAnswer }; // the higher one is told

    void askNext();
    void onResponse(const Result<HttpResponse>& response);
    void note(Problem kind, Error error);
    void finish(Result<AuthorizationServer> result);

    HttpTransport& transport_;
    std::string issuer_;
    Completion<AuthorizationServer> done_;
    std::vector<QUrl> left_; // to ask, in order
    Problem worst_ = Problem::NotThere;
    Error problem_;
    bool publicOnly_;
    std::unique_ptr<DocumentRequest> request_;
};

} // namespace keybearer
