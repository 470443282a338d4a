#pragma once

#include "broker/gateway/local/LocalServices.h"
#include "broker/gateway/upstream/UpstreamPool.h"

namespace keybearer {

// Connections to remote servers over the pool of this process, and to programs of this machine.
class ServiceConnector : public ServerConnector {
public:
    ServiceConnector(UpstreamPool& pool, LocalServices& local) : pool_(pool), local_(local) {}
    [[nodiscard]] std::unique_ptr<ServerConnection> connect(ServerTransport transport,
                                                            const ExchangeTerms& terms,
                                                            Authorizer& authorizer,
                                                            ServerListener& listener) override;

private:
    UpstreamPool& pool_;
    LocalServices& local_;
};

} // namespace keybearer
