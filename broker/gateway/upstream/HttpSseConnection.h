#pragma once

#include "broker/gateway/upstream/ServerStream.h"

#include <deque>
#include <set>

namespace keybearer {

// HTTP with SSE of 2024-11-05: a GET stream whose first event names where messages are POSTed, which is
// believed within the server's own origin only. Messages go out one after the other; everything the server
// says comes on the stream, and the session is over with it. A new initialize begins another.
class HttpSseConnection final : public ServerConnection, public ServerStream::Listener {
public:
    // `refusal`: what the server said to Streamable HTTP, told where this does not work either.
    HttpSseConnection(ConnectionSetup setup, ServerFailure refusal);
    ~HttpSseConnection() override;

    void send(ClientMessage message) override;
    void cancel(const std::string& requestId) override;
    void resume() override;
    [[nodiscard]] std::size_t unsentBytes() const override;
    [[nodiscard]] Era era() const override { return Era::Legacy; }
    void close(Completion<void> done) override;

private:
    [[nodiscard]] bool takesMessages() const override { return !paused_; }
    void onStreamOpened(ServerStream& stream, const UpstreamHead& head) override;
    void onStreamEvent(ServerStream& stream, SseEvent event) override;
    void onStreamEnded(ServerStream& stream, RequestEnd end) override;
    void onStreamSent(ServerStream& stream) override;

    void open();
    void sendNext();
    void takeEndpoint(const std::string& reference);
    void over(ServerFailure failure);
    void overLater(ServerFailure failure);
    void failOne(const ClientMessage& message, ServerFailure failure);

    ConnectionSetup setup_;
    std::optional<ServerFailure> refusal_; // until the server has shown that it speaks this
    std::string endpoint_;
    std::unique_ptr<ServerStream> events_;  // the GET
    std::unique_ptr<ServerStream> posting_; // of the first of waiting_
    std::deque<ClientMessage> waiting_;     // the first is on its way while posting_ is there
    std::set<std::string> open_;            // ids of requests that have no answer yet
    boost::asio::steady_timer deadline_;    // for the endpoint
    bool paused_ = false;
    bool begun_ = false; // an initialize has been sent
    bool over_ = false;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace keybearer
