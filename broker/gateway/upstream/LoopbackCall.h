#pragma once

#include "broker/gateway/upstream/AnswerParser.h"
#include "broker/gateway/upstream/LoopbackConnections.h"

#include <memory>
#include <optional>
#include <string>

namespace keybearer {

// One request of a LoopbackPool and its answer. Bounds as UpstreamTransfer's; what was read and not taken is
// one buffer. Owned by whoever asked the pool for it; event loop thread.
class LoopbackCall final : public UpstreamCall {
public:
    LoopbackCall(LoopbackConnections& pool, UpstreamRequest request, UpstreamListener& listener);
    ~LoopbackCall() override;
    LoopbackCall(const LoopbackCall&) = delete;
    LoopbackCall& operator=(const LoopbackCall&) = delete;

    void resume() override;
    [[nodiscard]] std::size_t unsentBytes() const override { return out_.size() - outAt_; }
    void feed(std::string_view bytes) override;
    void feedEnd() override;

    // For the pool: has a deadline passed?
    void look(std::chrono::steady_clock::time_point now);

private:
    void begin();
    void connect(std::size_t endpoint);
    [[nodiscard]] bool isTooSlow(std::chrono::steady_clock::time_point now) const;
    void connected();
    [[nodiscard]] bool composeHead();
    [[nodiscard]] bool composeFields(const std::vector<HttpField>& fields);
    void forgetFields();
    void append(std::string_view bytes);
    void write();
    void wrote(const boost::system::error_code& error, std::size_t count);
    void read();
    void arrived(const boost::system::error_code& error, std::size_t count);
    void understand();
    [[nodiscard]] bool tell();
    void connectionEnded();
    void complete();
    void fail(Error error);
    void failLater(Error error);

    LoopbackConnections& pool_;
    UpstreamRequest request_;
    UpstreamListener& listener_;
    std::shared_ptr<const LoopbackTarget> target_;
    std::unique_ptr<LoopbackConnection> connection_;
    AnswerParser parser_;

    std::string out_; // towards the server
    std::size_t outAt_ = 0;
    bool headHeld_ = false; // out_ has held the head, and with it a token, since it was last wiped
    bool writing_ = false;
    bool deaf_ = false; // the server takes no more; what it says decides
    bool fedAll_ = true;

    std::size_t held_ = 0; // bytes in the buffer that are not understood yet
    bool reading_ = false;
    bool anyByte_ = false;
    bool headTold_ = false;
    bool eventStream_ = false;
    bool paused_ = false;
    bool over_ = false;
    std::chrono::steady_clock::time_point lastByte_;
    std::chrono::steady_clock::time_point bodyBegan_;
    std::uint64_t bodyBytes_ = 0;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace keybearer
