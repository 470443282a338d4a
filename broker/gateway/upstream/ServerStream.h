#pragma once

#include "broker/gateway/upstream/AuthorizedRequest.h"
#include "broker/gateway/upstream/SseReader.h"

namespace keybearer {

// One request to the server and the messages of its answer, be that JSON or an event stream. Owned by the
// connection it belongs to; destroying it closes the stream. Event loop thread.
class ServerStream final : public AuthorizedRequest::Listener {
public:
    // From the event loop, never from inside start(). May destroy the stream, and the listener with it.
    class Listener {
    public:
        virtual ~Listener() = default;
        // Whether messages can be taken now; while not, the server has to stop.
        [[nodiscard]] virtual bool takesMessages() const = 0;
        // The server has answered with 2xx.
        virtual void onStreamOpened(ServerStream& stream, const UpstreamHead& head) = 0;
        // In one line. Data may be empty only where an event has a type of its own.
        virtual void onStreamEvent(ServerStream& stream, SseEvent event) = 0;
        virtual void onStreamEnded(ServerStream& stream, RequestEnd end) = 0;
        virtual void onStreamSent(ServerStream& stream) = 0;
    };

    // `expectsMessages`: an answer that is neither JSON nor an event stream is a failure; else a body is
    // not looked at.
    ServerStream(ConnectionSetup& setup, RequestPlan plan, bool expectsMessages, Listener& listener);
    ~ServerStream() override;
    ServerStream(const ServerStream&) = delete;
    ServerStream& operator=(const ServerStream&) = delete;

    void start() { request_.start(); }
    // The listener takes messages again. Tells them at once.
    void resume();
    [[nodiscard]] std::size_t unsentBytes() const { return request_.unsentBytes(); }
    [[nodiscard]] bool isOpen() const { return kind_ != Kind::Unknown; }
    [[nodiscard]] bool isEventStream() const { return kind_ == Kind::Events; }
    [[nodiscard]] const SseReader& events() const { return reader_; }
    [[nodiscard]] std::string host() const { return request_.host(); }

private:
    enum class Kind { Unknown, Events, Json, Ignored };

    void onAnswer(const UpstreamHead& head) override;
    [[nodiscard]] bool onBytes(std::string_view bytes) override;
    void onRequestEnd(RequestEnd end) override;
    void onRequestSent() override;
    void tell();
    [[nodiscard]] bool next(SseEvent& event);
    void fail(Error error);

    Listener& listener_;
    AuthorizedRequest request_;
    bool expectsMessages_;
    Kind kind_ = Kind::Unknown;
    int status_ = 0;
    SseReader reader_;
    std::string json_;
    std::size_t ignored_ = 0;
    std::optional<RequestEnd> end_;
    bool done_ = false; // the end was told
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace keybearer
