#pragma once

#include "broker/gateway/EventTimers.h"
#include "broker/gateway/ExchangeTerms.h"
#include "broker/gateway/local/LocalServer.h"
#include "broker/gateway/upstream/Authorizer.h"

#include <deque>

namespace keybearer {

// The conversation of one exchange with the program of a local service. The broker is asked before each
// request whether the client may have it (exchange.token: the same permissions, questions and withdrawals as
// of a remote server; no token comes of it). What the program says waits here while the client does not read,
// and beyond a bound is left out, so that one client that does not read keeps nobody else waiting. Owned by
// the exchange; event loop thread.
class LocalConnection : public ServerConnection, private LocalClient {
public:
    // The references outlive it.
    struct Parts {
        LocalServer& server;
        Authorizer& authorizer;
        ServerListener& listener;
        EventTimers& timers;
    };
    LocalConnection(const Parts& parts, Era era, const ExchangeTerms& terms);
    ~LocalConnection() override;
    LocalConnection(const LocalConnection&) = delete;
    LocalConnection& operator=(const LocalConnection&) = delete;

    void send(ClientMessage message) override;
    void cancel(const std::string& requestId) override;
    void resume() override;
    [[nodiscard]] std::size_t unsentBytes() const override;
    [[nodiscard]] Era era() const override { return era_; }
    void close(Completion<void> done) override;

private:
    struct Said {
        std::string text; // empty: no answer will come
        std::string requestId;
        ServerFailure failure;
    };
    void onProgramAnswer(std::string text, const std::string& requestId) override;
    void onProgramMessage(std::string text, const std::string& requestId) override;
    void onRequestLost(const std::string& requestId, ServerFailure failure) override;
    [[nodiscard]] const std::string& exchange() const override { return terms_.exchange; }
    void onProgramRead() override { parts_.listener.onSent(); }

    void pump();
    void authorized(const Result<void>& allowed);
    void say(Said said);
    void drain();

    Parts parts_;
    Era era_;
    const ExchangeTerms& terms_; // its exchange may come to have another name
    LocalServer::ClientId id_;
    std::deque<ClientMessage> queue_; // until the broker has agreed
    std::size_t queuedBytes_ = 0;
    bool authorizing_ = false; // the first of them
    bool pumping_ = false;
    bool dropFirst_ = false;
    std::deque<Said> said_;
    std::size_t saidBytes_ = 0;
    bool paused_ = false;
    std::unique_ptr<EventTimer> draining_;
    std::unique_ptr<EventTimer> closing_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace keybearer
