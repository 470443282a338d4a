#pragma once

#include "broker/gateway/upstream/ServerStream.h"

#include <map>

namespace keybearer {

// Streamable HTTP of 2026-07-28: each message a POST of its own, and the stream of its answer is the life of
// a request. Closing it is the cancel; a stream that is lost is a request that failed.
class ModernConnection final : public ServerConnection, public ServerStream::Listener {
public:
    explicit ModernConnection(ConnectionSetup setup);
    ~ModernConnection() override;

    void send(ClientMessage message) override;
    void cancel(const std::string& requestId) override;
    void resume() override;
    [[nodiscard]] std::size_t unsentBytes() const override;
    [[nodiscard]] Era era() const override { return Era::Modern; }
    void close(Completion<void> done) override;

private:
    struct Call {
        ClientMessage message; // without its text
        std::unique_ptr<ServerStream> stream;
        std::unique_ptr<boost::asio::steady_timer> lingering; // from the answer on
        bool answered = false;
    };
    using Calls = std::map<const ServerStream*, Call>;

    [[nodiscard]] bool takesMessages() const override { return !paused_; }
    void onStreamOpened(ServerStream& stream, const UpstreamHead& head) override;
    void onStreamEvent(ServerStream& stream, SseEvent event) override;
    void onStreamEnded(ServerStream& stream, RequestEnd end) override;
    void onStreamSent(ServerStream& stream) override;
    void answered(Call& call, const ServerStream& stream);
    void fail(const ClientMessage& message, ServerFailure failure);
    void goOn();

    ConnectionSetup setup_;
    Calls calls_;
    bool paused_ = false;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace keybearer
