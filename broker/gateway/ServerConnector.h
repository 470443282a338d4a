#pragma once

#include "broker/gateway/ExchangeTerms.h"
#include "broker/gateway/upstream/Authorizer.h"
#include "broker/gateway/upstream/ServerConnection.h"

#include <memory>

namespace keybearer {

// Ways to talk to a server.
enum class ServerTransport {
    Modern,      // Streamable HTTP of 2026-07-28
    Legacy,      // Streamable HTTP of 2025-03-26 to 2025-11-25
    LegacyOrSse, // the same, else HTTP with SSE of 2024-11-05
};

// Makes connections to servers; a test has one of its own. What it is given outlives the connection, the
// terms too.
class ServerConnector {
public:
    virtual ~ServerConnector() = default;
    [[nodiscard]] virtual std::unique_ptr<ServerConnection> connect(ServerTransport transport,
                                                                    const ExchangeTerms& terms,
                                                                    Authorizer& authorizer,
                                                                    ServerListener& listener) = 0;
};

} // namespace keybearer
