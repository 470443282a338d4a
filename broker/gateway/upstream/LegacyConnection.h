#pragma once

#include "broker/gateway/upstream/ResumableStream.h"

#include <deque>
#include <map>

namespace keybearer {

// Streamable HTTP of 2025-03-26 to 2025-11-25: a session named by the server, a GET stream for what the
// server says unasked, streams that are taken up again. Each message is a POST; requests go out side by side,
// but initialize is answered before anything else goes out, and a notification is accepted before what was
// sent after it. A new initialize begins a new session. Where the first POST is refused as an old server
// refuses it, an HttpSseConnection takes over.
class LegacyConnection final : public ServerConnection, public ResumableStream::Listener {
public:
    LegacyConnection(ConnectionSetup setup, bool sseFallback);
    ~LegacyConnection() override;

    void send(ClientMessage message) override;
    void cancel(const std::string& requestId) override;
    void resume() override;
    [[nodiscard]] std::size_t unsentBytes() const override;
    [[nodiscard]] Era era() const override { return Era::Legacy; }
    void close(Completion<void> done) override;

private:
    struct Call {
        ClientMessage message; // without its text
        std::shared_ptr<const std::string> body;
        std::unique_ptr<ResumableStream> stream;
        std::unique_ptr<boost::asio::steady_timer> lingering; // from the answer on
        bool sent = false;
        bool accepted = false;
        bool answered = false;
    };
    using Calls = std::map<const ResumableStream*, Call>;

    [[nodiscard]] bool takesMessages() const override { return !paused_; }
    void onOpened(ResumableStream& stream, const UpstreamHead& head) override;
    void onMessage(ResumableStream& stream, const std::string& text) override;
    void onEnded(ResumableStream& stream, RequestEnd end) override;
    void onSent(ResumableStream& stream) override;

    void sendWaiting();
    [[nodiscard]] bool mayGo(const ClientMessage& message) const;
    void start(ClientMessage message);
    void takeSession(const UpstreamHead& head);
    void listen();
    void listened();
    void markAnswered(const std::string& text);
    void linger(Call& call);
    void fail(const ClientMessage& message, ServerFailure failure);
    [[nodiscard]] bool isOlder(const Call& call, const RequestEnd& end) const;
    void handOver(ClientMessage message, ServerFailure refusal);
    void goOn();

    ConnectionSetup setup_;
    bool sseFallback_;
    LegacySession session_;
    std::deque<ClientMessage> waiting_;
    Calls calls_;
    std::unique_ptr<ResumableStream> listening_; // the GET stream
    // Until the server has answered the GET, and for a moment at most: requests wait.
    std::unique_ptr<boost::asio::steady_timer> opening_;
    std::unique_ptr<ServerConnection> older_; // HTTP with SSE
    std::unique_ptr<ServerStream::Listener> farewell_;
    bool wantsListening_ = false; // the GET was refused for want of a token; another request may get one
    bool paused_ = false;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace keybearer
