#pragma once

#include "broker/gateway/ServerConnector.h"
#include "broker/gateway/upstream/UpstreamPool.h"

namespace keybearer {

// Connections over the pool of this process.
class UpstreamConnector : public ServerConnector {
public:
    explicit UpstreamConnector(UpstreamPool& pool) : pool_(pool) {}
    [[nodiscard]] std::unique_ptr<ServerConnection> connect(ServerTransport transport,
                                                            const ExchangeTerms& terms,
                                                            Authorizer& authorizer,
                                                            ServerListener& listener) override;

private:
    UpstreamPool& pool_;
};

} // namespace keybearer
