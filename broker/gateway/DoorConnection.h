#pragma once

#include "broker/gateway/ClientLines.h"
#include "broker/gateway/ClientPort.h"
#include "broker/gateway/LoopTimers.h"
#include "broker/gateway/McpExchange.h"

#include <boost/asio/local/stream_protocol.hpp>

#include <array>
#include <deque>

namespace keybearer {

// One connection to mcp.sock: the handshake line with its ticket, then an exchange's lines, both ways with
// back-pressure. Reads nothing further while the exchange holds its input; what a client does not read fills
// its queue, and a full queue stops the server's streams. A queue has no hard end, because an answer that is
// due has to fit whatever its size; what goes beyond a bound is only what was on its way already. Owned by
// the StdioDoor; event loop thread. Never logs what it carries.
class DoorConnection : public ClientPort {
public:
    using Socket = boost::asio::local::stream_protocol::socket;

    // `gone` is called once, later from the event loop, and may destroy the connection.
    DoorConnection(Socket socket, const McpExchange::Parts& parts, std::function<void()> gone);
    ~DoorConnection() override;
    DoorConnection(const DoorConnection&) = delete;
    DoorConnection& operator=(const DoorConnection&) = delete;

    void start();
    // Nothing before its ticket was redeemed.
    [[nodiscard]] McpExchange* exchange() const { return exchange_.get(); }

    [[nodiscard]] bool deliver(std::string line) override;
    void holdInput(bool hold) override;
    void finish() override;

private:
    enum class State { Handshake, Redeeming, Open, Finishing, Over };
    void read();
    void take();
    void greet(const std::string& line);
    void redeemed(Result<Json> opened);
    void refuse(const Error& error);
    void write();
    void over();

    Socket socket_;
    McpExchange::Parts parts_;
    std::function<void()> gone_;
    std::unique_ptr<EventTimer> timer_;
    ClientLines lines_;
    std::array<char, 64 * 1024> input_{};
    std::size_t inputBegin_ = 0; // what take() has not looked at
    std::size_t inputEnd_ = 0;
    bool reading_ = false;
    bool held_ = false;
    bool taking_ = false;
    std::string resume_; // raw params of the client's own initialize
    bool resumes_ = false;
    State state_ = State::Handshake;
    std::deque<std::string> output_;
    std::size_t outputBytes_ = 0;
    bool writing_ = false;
    bool full_ = false;
    std::unique_ptr<McpExchange> exchange_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace keybearer
