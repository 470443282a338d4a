#pragma once

#include "broker/http/HttpTransport.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QEventLoop>

#include <optional>

namespace keybearer::test {

// Runs the event loop until the condition holds; false if it does not within the time.
template <typename Condition>
[[nodiscard]] bool waitFor(Condition condition, std::chrono::milliseconds most = std::chrono::seconds(20)) {
    const QDeadlineTimer deadline(most);
    while (!condition()) {
        if (deadline.hasExpired())
            return false;
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 50);
    }
    return true;
}

// Sends one request and waits for its end.
[[nodiscard]] inline Result<HttpResponse> exchange(HttpTransport& transport, HttpRequest request) {
    std::optional<Result<HttpResponse>> result;
    const auto running =
        transport.send(std::move(request), [&](Result<HttpResponse> r) { result = std::move(r); });
    if (!waitFor([&] { return result.has_value(); }))
        return failure(ErrorCode::InternalError, "the completion was never called");
    return std::move(*result);
}

[[nodiscard]] inline HttpRequest post(const QUrl& url, std::string_view body) {
    HttpRequest request;
    request.method = HttpRequest::Method::Post;
    request.url = url;
    request.contentType = "application/x-www-form-urlencoded";
    request.body = Secret::copyOf(body);
    return request;
}

[[nodiscard]] inline HttpRequest get(const QUrl& url) {
    HttpRequest request;
    request.url = url;
    return request;
}

} // namespace keybearer::test
