#pragma once

#include "broker/gateway/upstream/ResumableStream.h"

namespace keybearer {

// Tells a legacy server that a session is over (DELETE), and waits a second for that at most. Whatever the
// server says is right. Owned by the connection; event loop thread.
class SessionFarewell final : public ServerStream::Listener {
public:
    SessionFarewell(ConnectionSetup& setup, const LegacySession& session, Completion<void> done);
    ~SessionFarewell() override;

private:
    [[nodiscard]] bool takesMessages() const override { return true; }
    void onStreamOpened(ServerStream&, const UpstreamHead&) override {}
    void onStreamEvent(ServerStream&, SseEvent) override {}
    void onStreamEnded(ServerStream&, RequestEnd) override;
    void onStreamSent(ServerStream&) override {}
    void finish();

    std::unique_ptr<ServerStream> stream_;
    boost::asio::steady_timer deadline_;
    Completion<void> done_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace keybearer
