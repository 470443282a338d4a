#pragma once

#include "broker/gateway/McpExchange.h"
#include "broker/gateway/local/HttpMessage.h"
#include "broker/gateway/local/LocalAnswer.h"

#include <deque>
#include <map>

namespace keybearer {

// One client's conversation with a local service over HTTP: a session of a legacy client, or all requests of
// a client of 2026-07-28, which have no session but may have to come back to what they began. Brings the
// lines of its McpExchange to the answers that they belong to: an answer to its request, progress to the
// request that wants it, a question of the server to the request that was sent last, what is for the session
// to its GET stream. What has no stream waits a little, up to a bound. Owned by the LocalEndpoint; event loop
// thread.
class HttpConversation : public ClientPort, public ExchangeTenant {
public:
    // `over` is called later from the event loop and destroys it.
    HttpConversation(const McpExchange::Parts& parts, Era era, std::string session,
                     std::shared_ptr<AdmittedExchange> exchange, std::function<void()> over);
    ~HttpConversation() override;
    HttpConversation(const HttpConversation&) = delete;
    HttpConversation& operator=(const HttpConversation&) = delete;

    [[nodiscard]] const std::string& session() const { return session_; }
    // The same client, with the same or a newer credential.
    [[nodiscard]] bool belongsTo(const AdmittedExchange& exchange) const;
    void use(const std::shared_ptr<AdmittedExchange>& exchange);

    [[nodiscard]] bool isClosing() const { return closing_; }
    // More of it waits than it may.
    [[nodiscard]] bool isFull() const { return held_; }
    void request(LocalAnswer& answer, const MessageView& view, std::string text);
    void tell(std::string text) { exchange_->onClientLine(std::move(text)); }
    // The one stream for what belongs to no request.
    void listen(LocalAnswer& answer);
    // Its client has closed it, or it has ended.
    void gone(LocalAnswer& answer);
    void drained();
    void close();

    [[nodiscard]] bool isIdle() const { return waiting_.empty() && listening_ == nullptr; }
    [[nodiscard]] EventTimers::Instant lastUsed() const { return lastUsed_; }
    [[nodiscard]] McpExchange& exchange() { return *exchange_; }

    [[nodiscard]] bool deliver(std::string line) override;
    void holdInput(bool hold) override { held_ = hold; }
    void finish() override;
    void onExchangeEnd(const std::string& message) override;
    void onExchangeExpired() override;

private:
    struct Waiting {
        LocalAnswer* answer = nullptr;
        std::string id;            // the client's, raw
        std::string method;        //
        std::string progressToken; // the client's, raw; empty: none
        std::uint64_t order = 0;
    };
    using Requests = std::map<std::string, Waiting>; // by their id in the exchange

    void answerWith(Requests::iterator request, const MessageView& view, std::string line);
    void pass(const MessageView& view, std::string line);
    void passToRequest(const std::string& id, std::string line);
    [[nodiscard]] LocalAnswer* latest() const;
    void keep(std::string line);
    void leaveExchange();
    void endAnswers();
    [[nodiscard]] bool mayGoOn() const;

    McpExchange::Parts parts_;
    Era era_;
    std::string session_;
    std::string owner_;
    std::string service_;
    std::shared_ptr<AdmittedExchange> admitted_; // null: its credential has expired
    std::function<void()> over_;
    MessageReader reader_;
    Requests waiting_;
    LocalAnswer* listening_ = nullptr;
    std::deque<std::string> kept_; // for a stream that is to come
    std::size_t keptBytes_ = 0;
    std::uint64_t last_ = 0;
    bool held_ = false;
    bool full_ = false;
    bool expired_ = false;
    bool closing_ = false;
    EventTimers::Instant lastUsed_;
    std::unique_ptr<EventTimer> burial_;
    std::unique_ptr<McpExchange> exchange_;
};

} // namespace keybearer
