#pragma once

#include "broker/gateway/CoreLink.h"
#include "broker/gateway/ServerMemory.h"
#include "broker/gateway/StateSeal.h"
#include "broker/gateway/StdioDoor.h"
#include "broker/gateway/local/CoreStarter.h"
#include "broker/gateway/local/LocalEndpoint.h"
#include "broker/gateway/pins/PinWatch.h"
#include "broker/gateway/process/HttpDoors.h"
#include "broker/gateway/process/ServiceConnector.h"
#include "broker/gateway/process/UpstreamChoice.h"

#include <boost/asio/io_context.hpp>

namespace keybearer {

// Everything the process keybearer-gateway is made of, on one event loop: builds it, wires it, runs it until
// the broker ends the link or says gateway.stop.
class GatewayRoom {
public:
    // Takes the descriptors: the core link, and the listening mcp.sock.
    GatewayRoom(int coreLink, int door);
    GatewayRoom(const GatewayRoom&) = delete;
    GatewayRoom& operator=(const GatewayRoom&) = delete;

    void run();

private:
    void notified(const std::string& method, const Json& params, std::vector<OwnedDescriptor> descriptors);

    boost::asio::io_context loop_{1};
    LoopTimers timers_{loop_};
    UpstreamPool pool_{loop_};
    LoopbackPool loopback_{loop_};
    UpstreamChoice upstream_{pool_, loopback_};
    ServerMemory memory_;
    StateSeal seal_;
    CoreLink core_;
    CoreStarter starter_{loop_, core_};
    LocalServices local_{starter_, timers_};
    ServiceConnector connector_{upstream_, local_};
    PinWatch pins_{core_, timers_};
    StdioDoor door_;
    LocalEndpoint programs_{McpExchange::Parts{core_, timers_, connector_, memory_, seal_, &pins_}};
    HttpDoors http_{loop_, timers_, core_, upstream_, &programs_, pins_};
};

} // namespace keybearer
