#pragma once

#include "broker/gateway/local/LocalServices.h"
#include "broker/gateway/upstream/UpstreamRequest.h"

namespace keybearer {

// Connections to remote servers over the pools of this process, and to programs of this machine.
class ServiceConnector : public ServerConnector {
public:
    ServiceConnector(UpstreamStarter& pools, LocalServices& local) : pools_(pools), local_(local) {}
    [[nodiscard]] std::unique_ptr<ServerConnection> connect(ServerTransport transport,
                                                            const ExchangeTerms& terms,
                                                            Authorizer& authorizer,
                                                            ServerListener& listener) override;

private:
    UpstreamStarter& pools_;
    LocalServices& local_;
};

} // namespace keybearer
