#pragma once

#include "broker/gateway/ServerConnector.h"

#include <list>
#include <optional>
#include <string>

namespace keybearer {

// What the gateway remembers of servers while it lives, by service and address: how to talk to each, and what
// it said of itself (capabilities, name and version; never its instructions, which may be meant for one
// account). Bounded; what was not used longest goes first. Owned by the GatewayRoom; event loop thread.
class ServerMemory {
public:
    struct Server {
        std::optional<ServerTransport> transport;
        std::string capabilities; // raw JSON object
        std::string serverInfo;   // raw JSON object
    };
    [[nodiscard]] std::shared_ptr<Server> of(const ExchangeTerms& terms);

private:
    std::list<std::pair<std::string, std::shared_ptr<Server>>> servers_; // the latest first
};

} // namespace keybearer
