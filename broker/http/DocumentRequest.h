#pragma once

#include "broker/http/HttpTransport.h"

#include <QObject>

namespace keybearer {

// Reads one public document (GET). Follows redirects, but only inside the origin that was asked (RFC 6454)
// and three at most; each is checked like the first address. For documents that anybody may read: a redirect
// is never followed with a credential, so an Authorization header is refused. One deadline for all of it.
// Failures: those of HttpTransport; ProviderError for a redirect to elsewhere or one too many. Owned by
// whoever started it; destroying it cancels it; event loop thread.
class DocumentRequest final : public QObject {
    Q_OBJECT

public:
    DocumentRequest(HttpTransport& transport, HttpRequest request, Completion<HttpResponse> done);
    Q_DISABLE_COPY_MOVE(DocumentRequest)

    void start(); // once

private:
    void send();
    void onResponse(Result<HttpResponse> response);
    [[nodiscard]] Result<QUrl> target(const HttpResponse& response) const;
    void finish(Result<HttpResponse> result);

    HttpTransport& transport_;
    HttpRequest request_;
    Completion<HttpResponse> done_;
    int redirects_ = 0;
    std::chrono::steady_clock::time_point begun_;
    std::unique_ptr<HttpExchange> exchange_;
};

} // namespace keybearer
