#include "broker/gateway/StdioDoor.h"

#include "broker/gateway/SocketPeer.h"

namespace keybearer {

namespace {

constexpr std::size_t mostConnections = 1024; // descriptors are the bound; nobody runs a tenth of that
constexpr std::chrono::milliseconds pauseAfterFailure{100}; // without descriptors, accept() fails at once

} // namespace

StdioDoor::StdioDoor(boost::asio::io_context& loop, const McpExchange::Parts& parts, int descriptor)
    : parts_(parts), acceptor_(loop, boost::asio::local::stream_protocol(), descriptor) {}

StdioDoor::~StdioDoor() {
    *alive_ = false;
}

void StdioDoor::start() {
    accept();
}

void StdioDoor::accept() {
    acceptor_.async_accept(
        [this, alive = alive_](const boost::system::error_code& error, DoorConnection::Socket socket) {
            if (!*alive || error == boost::asio::error::operation_aborted)
                return;
            if (error) {
                pause_ = parts_.timers.after(pauseAfterFailure, [this] { accept(); });
                return;
            }
            if (ownPeer(socket.native_handle()) && connections_.size() < mostConnections)
                admit(std::move(socket));
            accept();
        });
}

void StdioDoor::admit(DoorConnection::Socket socket) {
    const auto place = connections_.emplace(connections_.end());
    *place = std::make_unique<DoorConnection>(std::move(socket), parts_,
                                              [this, place] { connections_.erase(place); });
    (*place)->start();
}

McpExchange* StdioDoor::exchange(const std::string& name) const {
    for (const std::unique_ptr<DoorConnection>& connection : connections_) {
        McpExchange* exchange = connection->exchange();
        if (exchange != nullptr && exchange->name() == name)
            return exchange;
    }
    return nullptr;
}

} // namespace keybearer
