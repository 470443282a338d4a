#pragma once

#include "broker/gateway/upstream/ServerStream.h"

namespace keybearer {

// What requests of one legacy session have in common.
struct LegacySession {
    std::string id;              // Mcp-Session-Id; empty: the server keeps none
    std::string protocolVersion; // as the client sends it; empty before initialize is answered
    void addTo(RequestPlan& plan) const;
};

// A stream of a legacy server that outlives its connections (2025-11-25, Resumability and Redelivery): when
// one ends early it waits as long as the server wants (`retry`) and goes on with GET and Last-Event-ID. Owned
// by the connection, as is what it refers to; destroying it closes the stream. Event loop thread.
class ResumableStream final : public ServerStream::Listener {
public:
    enum class Kind {
        Answer,   // of a POST; over with the answer, and given up when the server never gets on
        Standing, // a GET; taken up again for as long as the server does not refuse it
    };
    // From the event loop, never from inside start(). May destroy the stream, and the listener with it.
    class Listener {
    public:
        virtual ~Listener() = default;
        [[nodiscard]] virtual bool takesMessages() const = 0;
        virtual void onOpened(ResumableStream& stream, const UpstreamHead& head) = 0;
        virtual void onMessage(ResumableStream& stream, const std::string& text) = 0;
        virtual void onEnded(ResumableStream& stream, RequestEnd end) = 0;
        virtual void onSent(ResumableStream& stream) = 0;
    };

    ResumableStream(ConnectionSetup& setup, const LegacySession& session, Kind kind, Listener& listener);
    ~ResumableStream() override;
    ResumableStream(const ResumableStream&) = delete;
    ResumableStream& operator=(const ResumableStream&) = delete;

    // The POST that the stream answers.
    void post(RequestPlan plan, bool expectsMessages);
    // A stream of its own.
    void listen();
    // The answer has come: an end is an end now.
    void answered() { answered_ = true; }
    void resume();
    [[nodiscard]] std::size_t unsentBytes() const { return stream_ ? stream_->unsentBytes() : 0; }

private:
    [[nodiscard]] bool takesMessages() const override { return listener_.takesMessages(); }
    void onStreamOpened(ServerStream& stream, const UpstreamHead& head) override;
    void onStreamEvent(ServerStream& stream, SseEvent event) override;
    void onStreamEnded(ServerStream& stream, RequestEnd end) override;
    void onStreamSent(ServerStream& stream) override;

    void open(RequestPlan plan, bool expectsMessages);
    void remember(const ServerStream& stream);
    [[nodiscard]] bool goesOn(const RequestEnd& end);
    [[nodiscard]] std::chrono::milliseconds delay() const;
    void takeUpLater();

    ConnectionSetup& setup_;
    const LegacySession& session_;
    Listener& listener_;
    Kind kind_;
    std::unique_ptr<ServerStream> stream_; // null: waiting to go on
    boost::asio::steady_timer pause_;
    std::string cursor_; // for Last-Event-ID
    std::optional<std::chrono::milliseconds> retry_;
    unsigned fruitless_ = 0; // connections in a row that brought nothing new and did not last
    std::optional<std::chrono::steady_clock::time_point> opened_; // the connection that there is
    bool answered_ = false;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace keybearer
