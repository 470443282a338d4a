#include "broker/http/DocumentRequest.h"

#include "broker/http/RequestRules.h"

#include <QTimer>

#include <algorithm>

namespace keybearer {

namespace {

constexpr int mostRedirects = 3; // a slash too many, a moved path, a version: who needs more is in a circle

bool isRedirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

HttpRequest copyOf(const HttpRequest& request) {
    HttpRequest copy;
    copy.url = request.url;
    copy.headers = request.headers;
    copy.deadline = request.deadline;
    copy.responseLimit = request.responseLimit;
    copy.publicOnly = request.publicOnly;
    copy.redirectIsAnswer = true;
    return copy;
}

bool holdsCredential(const HttpRequest& request) {
    return std::any_of(request.headers.begin(), request.headers.end(), [](const HttpHeader& header) {
        return QByteArray::fromStdString(header.name).toLower() == "authorization";
    });
}

} // namespace

DocumentRequest::DocumentRequest(HttpTransport& transport, HttpRequest request, Completion<HttpResponse> done)
    : transport_(transport), request_(std::move(request)), done_(std::move(done)) {}

void DocumentRequest::start() {
    if (request_.method != HttpRequest::Method::Get || holdsCredential(request_)) {
        QTimer::singleShot(0, this, [this] {
            finish(failure(ErrorCode::InternalError, "a document is read without credentials"));
        });
        return;
    }
    begun_ = std::chrono::steady_clock::now();
    send();
}

void DocumentRequest::send() {
    HttpRequest request = copyOf(request_);
    const auto spent =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun_);
    request.deadline = std::max(request_.deadline - spent, std::chrono::milliseconds(1));
    exchange_ = transport_.send(std::move(request),
                                [this](Result<HttpResponse> response) { onResponse(std::move(response)); });
}

void DocumentRequest::onResponse(Result<HttpResponse> response) {
    if (!response || !isRedirect(response->status))
        return finish(std::move(response));
    Result<QUrl> next = target(*response);
    if (!next)
        return finish(failure(std::move(next.error())));
    ++redirects_;
    request_.url = std::move(*next);
    send();
}

Result<QUrl> DocumentRequest::target(const HttpResponse& response) const {
    if (redirects_ == mostRedirects)
        return failure(ErrorCode::ProviderError, "The server sends us from address to address without end");
    const QUrl location(QString::fromStdString(response.header("Location")), QUrl::StrictMode);
    const QUrl next = request_.url.resolved(location);
    if (location.isEmpty() || !location.isValid() || !checkUrl(next) || !isSameOrigin(next, request_.url))
        return failure(ErrorCode::ProviderError,
                       "The server answered with a redirect to another place, which is never followed");
    return next;
}

void DocumentRequest::finish(Result<HttpResponse> result) {
    const Completion<HttpResponse> done = std::move(done_);
    done(std::move(result)); // may destroy this
}

} // namespace keybearer
