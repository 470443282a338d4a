#pragma once

#include "broker/base/Json.h"
#include "broker/base/Result.h"

#include <optional>

// The parameters of sharing.*, as those in Methods.h.
namespace keybearer {

struct SharingPauseParams {              // sharing.pause
    std::optional<std::int64_t> seconds; // 1...604800; absent: until it is resumed
    [[nodiscard]] static Result<SharingPauseParams> from(const Json& params);
    [[nodiscard]] Json toJson() const;
};

struct BrokerStopParams { // broker.stop
    bool restart = false; // go on as a new process, without a moment in which nobody listens
    [[nodiscard]] static Result<BrokerStopParams> from(const Json& params);
    [[nodiscard]] Json toJson() const;
};

} // namespace keybearer
