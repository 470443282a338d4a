#include "broker/gateway/local/LocalServices.h"

namespace keybearer {

std::unique_ptr<ServerConnection> LocalServices::connect(ServerTransport transport,
                                                         const ExchangeTerms& terms, Authorizer& authorizer,
                                                         ServerListener& listener) {
    std::unique_ptr<LocalServer>& server = servers_[terms.service];
    if (server == nullptr)
        server = std::make_unique<LocalServer>(terms.service, starter_, timers_);
    const Era era = transport == ServerTransport::Modern ? Era::Modern : Era::Legacy;
    return std::make_unique<LocalConnection>(LocalConnection::Parts{*server, authorizer, listener, timers_},
                                             era, terms);
}

bool LocalServices::notified(const std::string& method, const Json& params) {
    if (method != "local.ended" && method != "local.renew")
        return false;
    const std::string instance = stringAt(params, "instance").value_or("");
    for (const auto& [name, server] : servers_) {
        if (instance.empty() || server->instance() != instance)
            continue;
        if (method == "local.ended")
            server->ended(stringAt(params, "why").value_or("it has ended"));
        else
            server->renew();
    }
    return true;
}

} // namespace keybearer
