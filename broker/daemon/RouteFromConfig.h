#pragma once

#include "broker/config/Config.h"
#include "broker/http/NetworkRoute.h"

namespace keybearer {

// The way to the network that the configuration and the environment of this process want. InvalidParams names
// the key, variable or file at fault.
[[nodiscard]] inline Result<NetworkRoute> routeFrom(const Config& config) {
    const NetworkRoute::Wish wish{config.network.proxy, config.network.noProxy, config.network.caFile};
    return NetworkRoute::from(wish, NetworkRoute::processVariable);
}

} // namespace keybearer
