#pragma once

#include "broker/http/HttpTransport.h"

#include <QObject>
#include <QTimer>

#include <deque>

namespace keybearer {

// A network for faults: each request waits until the test answers it.
class ScriptedTransport final : public HttpTransport {
public:
    struct Waiting {
        std::string url;
        std::string body;
        Completion<HttpResponse> done;
        std::weak_ptr<bool> alive;
        bool publicOnly = false;
    };

    [[nodiscard]] std::unique_ptr<HttpExchange> send(HttpRequest request,
                                                     Completion<HttpResponse> done) override {
        auto exchange = std::make_unique<Exchange>();
        waiting.push_back({request.url.toString().toStdString(), std::string(request.body.reveal()),
                           std::move(done), exchange->alive, request.publicOnly});
        ++sent;
        return exchange;
    }

    // Answers the oldest request that is still wanted.
    void answer(int status, const std::string& body, std::vector<HttpHeader> headers = {}) {
        HttpResponse response;
        response.status = status;
        response.headers = std::move(headers);
        response.body = Secret::copyOf(body);
        finish(std::move(response));
    }
    void fail(Error error) { finish(tl::unexpected<Error>(std::move(error))); }

    [[nodiscard]] bool idle() const { return waiting.empty(); }

    std::deque<Waiting> waiting;
    int sent = 0;

private:
    struct Exchange : HttpExchange {
        std::shared_ptr<bool> alive = std::make_shared<bool>(true);
    };
    void finish(Result<HttpResponse> result) {
        Waiting next = std::move(waiting.front());
        waiting.pop_front();
        if (!next.alive.expired())
            next.done(std::move(result));
    }
};

} // namespace keybearer
