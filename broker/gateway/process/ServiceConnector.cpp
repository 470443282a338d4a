#include "broker/gateway/process/ServiceConnector.h"

#include "broker/gateway/upstream/ServerConnections.h"

namespace keybearer {

std::unique_ptr<ServerConnection> ServiceConnector::connect(ServerTransport transport,
                                                            const ExchangeTerms& terms,
                                                            Authorizer& authorizer,
                                                            ServerListener& listener) {
    if (terms.local)
        return local_.connect(transport, terms, authorizer, listener);
    ServerAddress address;
    address.url = terms.url;
    address.timeout = terms.timeout;
    address.proxy = terms.proxy;
    address.noProxy = terms.noProxy;
    address.caFile = terms.caFile;
    ConnectionSetup setup{std::move(address), pools_, authorizer, listener};
    if (transport == ServerTransport::Modern)
        return connectModern(std::move(setup));
    return connectLegacy(std::move(setup), transport == ServerTransport::LegacyOrSse);
}

} // namespace keybearer
