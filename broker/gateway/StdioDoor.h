#pragma once

#include "broker/gateway/DoorConnection.h"

#include <boost/asio/io_context.hpp>

#include <list>

namespace keybearer {

// mcp.sock: lets in processes of this user, each with a connection of its own. Owned by the GatewayRoom;
// event loop thread.
class StdioDoor {
public:
    // Takes the descriptor, which listens already.
    StdioDoor(boost::asio::io_context& loop, const McpExchange::Parts& parts, int descriptor);
    ~StdioDoor();
    StdioDoor(const StdioDoor&) = delete;
    StdioDoor& operator=(const StdioDoor&) = delete;

    void start();
    // Nothing, if it has ended meanwhile.
    [[nodiscard]] McpExchange* exchange(const std::string& name) const;

private:
    void accept();
    void admit(DoorConnection::Socket socket);

    McpExchange::Parts parts_;
    boost::asio::local::stream_protocol::acceptor acceptor_;
    std::list<std::unique_ptr<DoorConnection>> connections_;
    std::unique_ptr<EventTimer> pause_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace keybearer
