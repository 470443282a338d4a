#pragma once

#include "broker/base/Json.h"
#include "broker/base/Result.h"

#include <cstdint>
#include <string>

// The parameters of gateway.*, as those in Methods.h.
namespace keybearer {

struct GatewayStartParams { // gateway.start
    std::int64_t port = 0;  // 0: that of the configuration, or the one that was chosen
    [[nodiscard]] static Result<GatewayStartParams> from(const Json& params);
    [[nodiscard]] Json toJson() const;
};

struct GatewayClientParams { // gateway.remove_client
    std::string clientId;
    [[nodiscard]] static Result<GatewayClientParams> from(const Json& params);
    [[nodiscard]] Json toJson() const;
};

} // namespace keybearer
