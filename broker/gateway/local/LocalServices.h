#pragma once

#include "broker/base/Json.h"
#include "broker/gateway/ServerConnector.h"
#include "broker/gateway/local/LocalConnection.h"

namespace keybearer {

// The local services that somebody uses, each with the one program that its clients share. Owned by the
// GatewayRoom, outlives every exchange; event loop thread.
class LocalServices : public ServerConnector {
public:
    LocalServices(ProgramStarter& starter, EventTimers& timers) : starter_(starter), timers_(timers) {}

    [[nodiscard]] std::unique_ptr<ServerConnection> connect(ServerTransport transport,
                                                            const ExchangeTerms& terms,
                                                            Authorizer& authorizer,
                                                            ServerListener& listener) override;
    // local.ended, local.renew. False: it is neither.
    bool notified(const std::string& method, const Json& params);

private:
    ProgramStarter& starter_;
    EventTimers& timers_;
    std::map<std::string, std::unique_ptr<LocalServer>> servers_; // by service; as many as are configured
};

} // namespace keybearer
