#pragma once

#include "broker/base/Clock.h"
#include "broker/http/HttpTransport.h"
#include "broker/oauth/AuthorizationServer.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QEventLoop>
#include <QObject>

#include <deque>
#include <string>
#include <vector>

namespace keybearer::test {

// Stands still until the test moves it.
class StillClock final : public Clock {
public:
    [[nodiscard]] WallTime wall() const override { return now; }
    [[nodiscard]] BootTime boot() const override { return {}; }

    WallTime now = *fromRfc3339("2026-05-01T09:30:00Z");
};

// What one request looked like on its way out.
struct SentRequest {
    HttpRequest::Method method;
    std::string url;
    std::vector<HttpHeader> headers;
    std::string contentType;
    std::string body;
    bool publicOnly = false;

    [[nodiscard]] std::string header(std::string_view name) const {
        for (const HttpHeader& header : headers) {
            if (header.name == name)
                return header.value;
        }
        return {};
    }
};

// A transport that answers from a list, later and from the event loop as the real one does. With the list
// empty a request stays without an answer.
class ScriptedTransport final : public HttpTransport {
public:
    void answer(int status, std::string body, std::vector<HttpHeader> headers = {}) {
        HttpResponse response;
        response.status = status;
        response.headers = std::move(headers);
        response.body = Secret::copyOf(body);
        response.fromPublicAddress = fromPublicAddress;
        script_.emplace_back(std::move(response));
    }
    void fail(ErrorCode code) { script_.emplace_back(failure(code, "scripted failure")); }

    [[nodiscard]] std::unique_ptr<HttpExchange> send(HttpRequest request,
                                                     Completion<HttpResponse> done) override {
        sent.push_back({request.method, request.url.toEncoded().toStdString(), request.headers,
                        request.contentType, std::string(request.body.reveal()), request.publicOnly});
        auto exchange = std::make_unique<Exchange>();
        if (!script_.empty()) {
            exchange->deliver(std::move(script_.front()), std::move(done));
            script_.pop_front();
        }
        return exchange;
    }

    std::vector<SentRequest> sent;
    bool fromPublicAddress = false; // of the answers to come

private:
    class Exchange final : public HttpExchange {
    public:
        void deliver(Result<HttpResponse> result, Completion<HttpResponse> done) {
            result_ = std::move(result);
            done_ = std::move(done);
            QMetaObject::invokeMethod(
                &context_, [this] { finish(); }, Qt::QueuedConnection);
        }

    private:
        void finish() {
            Result<HttpResponse> result = std::move(result_);
            const Completion<HttpResponse> done = std::move(done_);
            done(std::move(result));
        }

        QObject context_;
        Result<HttpResponse> result_;
        Completion<HttpResponse> done_;
    };

    std::deque<Result<HttpResponse>> script_;
};

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

inline const std::string issuer = "https://as.example";

[[nodiscard]] inline AuthorizationServer exampleServer() {
    AuthorizationServer server;
    server.issuer = issuer;
    server.authorizationEndpoint = QUrl(QStringLiteral("https://as.example/authorize"));
    server.tokenEndpoint = QUrl(QStringLiteral("https://as.example/token"));
    server.revocationEndpoint = QUrl(QStringLiteral("https://as.example/revoke"));
    server.userinfoEndpoint = QUrl(QStringLiteral("https://as.example/userinfo"));
    server.codeChallengeMethods = {"S256"};
    return server;
}

[[nodiscard]] inline ClientRegistration publicClient() {
    ClientRegistration client;
    client.clientId = "our client";
    return client;
}

[[nodiscard]] inline ClientRegistration secretClient(ClientAuthMethod method, std::string_view secret) {
    ClientRegistration client;
    client.clientId = "our client";
    client.method = method;
    client.clientSecret = std::make_shared<const SealedSecret>(Secret::copyOf(secret));
    return client;
}

inline const std::string goodTokens =
    R"({"access_token":"at-1","token_type":"Bearer","expires_in":3600,"refresh_token":"rt-1","scope":"a b"})";

} // namespace keybearer::test
