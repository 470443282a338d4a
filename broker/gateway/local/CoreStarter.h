#pragma once

#include "broker/gateway/CorePort.h"
#include "broker/gateway/local/ProgramStarter.h"

#include <boost/asio/io_context.hpp>

namespace keybearer {

// ProgramStarter over the core link: local.open and its two descriptors. Owned by the GatewayRoom; event loop
// thread.
class CoreStarter : public ProgramStarter {
public:
    CoreStarter(boost::asio::io_context& loop, CorePort& core) : loop_(loop), core_(core) {}

    // A start waits for what it injects, and for its turn after quick deaths.
    static constexpr std::chrono::seconds patience{90};

    void open(const std::string& exchange, LocalWire::Listener& listener, Completion<Started> done) override;
    void close(const std::string& instance) override;

private:
    boost::asio::io_context& loop_;
    CorePort& core_;
};

} // namespace keybearer
