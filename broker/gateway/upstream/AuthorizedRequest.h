#pragma once

#include "broker/gateway/upstream/ServerConnections.h"
#include "broker/gateway/upstream/UpstreamRequest.h"

#include <boost/asio/steady_timer.hpp>

namespace keybearer {

// What is to be sent, but for its authorization.
struct RequestPlan {
    AuthorizationTarget target;
    std::vector<HttpField> fields;
    std::shared_ptr<const std::string> body;              // null: none
    std::optional<std::chrono::milliseconds> headTimeout; // instead of the address's
    bool repeatable = false;                              // as UpstreamRequest's
};

// How a request ended. No failure: the whole answer was told.
struct RequestEnd {
    std::optional<ServerFailure> failure;
};

// One request with its authorization (RFC 6750, RFC 9449): asks the Authorizer, sends, and where the server
// wants another token asks again and repeats, for as long as the Authorizer agrees. Besides, it repeats once
// where the connection was not accepted, and once where a 307 or 308 points into the same origin; nothing
// else is ever sent twice. A refusal that stays is told as a failure with its status and body. Owned by
// whoever waits for the answer; destroying it takes the request back. Event loop thread.
class AuthorizedRequest final : private UpstreamListener {
public:
    // As UpstreamListener, of the one answer that counts (2xx). From the event loop, never from inside
    // start(); may destroy the request.
    class Listener {
    public:
        virtual ~Listener() = default;
        virtual void onAnswer(const UpstreamHead& head) = 0;
        [[nodiscard]] virtual bool onBytes(std::string_view bytes) = 0;
        virtual void onRequestEnd(RequestEnd end) = 0;
        virtual void onRequestSent() = 0;
    };

    AuthorizedRequest(ConnectionSetup& setup, RequestPlan plan, Listener& listener);
    ~AuthorizedRequest() override;
    AuthorizedRequest(const AuthorizedRequest&) = delete;
    AuthorizedRequest& operator=(const AuthorizedRequest&) = delete;

    void start();
    void resume();
    [[nodiscard]] std::size_t unsentBytes() const;
    [[nodiscard]] const std::string& url() const { return plan_.target.url; }
    // The host of the request, for people.
    [[nodiscard]] std::string host() const;

private:
    void onHead(const UpstreamHead& head) override;
    [[nodiscard]] bool onBody(std::string_view bytes) override;
    void onEnd(UpstreamEnd end) override;
    void onSent() override;

    void authorize();
    void send(const Authorizer::Fields& authorization);
    void again();
    void refused();
    [[nodiscard]] bool redirected();
    [[nodiscard]] bool asksForAnother() const;
    void challenge();
    void fail(Error error);

    ConnectionSetup& setup_;
    RequestPlan plan_;
    Listener& listener_;
    std::unique_ptr<UpstreamCall> transfer_;
    boost::asio::steady_timer pause_;
    UpstreamHead refusal_; // of the last answer, where that was one
    std::string refusalBody_;
    std::string lastNonce_;
    bool answering_ = false;
    bool sentProof_ = false;
    bool followed_ = false;
    bool repeated_ = false;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace keybearer
