#pragma once

#include "broker/gateway/EventTimers.h"
#include "broker/gateway/door/AdmittedExchange.h"

#include <deque>
#include <memory>
#include <string>

namespace keybearer {

class HttpConversation;
class LocalEndpoint;

// One HTTP request at a local service and its answer: JSON where the answer is all there is to say, else a
// stream of events. Owned by the door; tells its conversation when it is gone. Event loop thread.
class LocalAnswer final : public Answerer {
public:
    LocalAnswer(LocalEndpoint& endpoint, EventTimers& timers, ServedRequest& request,
                std::shared_ptr<AdmittedExchange> exchange);
    ~LocalAnswer() override;
    LocalAnswer(const LocalAnswer&) = delete;
    LocalAnswer& operator=(const LocalAnswer&) = delete;

    void start();
    void onDrained() override;

    [[nodiscard]] const RequestHead& head() const { return request_.head(); }
    [[nodiscard]] const std::shared_ptr<AdmittedExchange>& exchange() const { return exchange_; }
    void belongTo(HttpConversation* conversation) { conversation_ = conversation; }

    // Mcp-Session-Id of the answer; before it begins.
    void setSession(std::string session) { session_ = std::move(session); }
    // A request waits: a stream begins by itself before long.
    void await();
    void beginStream();
    // One message on the stream. Nothing happens where the client takes no stream.
    void say(std::string_view message);
    // The answer, and the end.
    void finish(std::string_view message, int status);
    void finishEmpty(int status);
    // The end of a stream that has no answer.
    void endStream();
    [[nodiscard]] bool canStream() const;
    [[nodiscard]] std::size_t unsent() const { return pendingBytes_; }
    [[nodiscard]] bool isOver() const { return over_; }

private:
    void read();
    void begin(int status, const char* type, std::optional<std::uint64_t> length);
    void write(std::string bytes);
    void close();

    LocalEndpoint& endpoint_;
    EventTimers& timers_;
    ServedRequest& request_;
    std::shared_ptr<AdmittedExchange> exchange_;
    HttpConversation* conversation_ = nullptr;
    std::string session_;
    std::string body_;
    std::unique_ptr<EventTimer> patience_;
    std::deque<std::string> pending_;
    std::size_t pendingBytes_ = 0;
    bool streams_ = false; // the stream has begun
    bool full_ = false;    // the client does not read
    bool over_ = false;    // all is said
    bool ended_ = false;   // the door knows
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace keybearer
