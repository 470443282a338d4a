#pragma once

#include "broker/base/Clock.h"
#include "broker/base/Json.h"
#include "broker/base/Result.h"

#include <optional>
#include <string>

namespace keybearer {

// What audit.summary takes. Unknown members are refused, as everywhere.
struct AuditSummaryParams {
    std::optional<WallTime> since, until;
    std::int64_t offsetMinutes = 0; // utc_offset_minutes: where the days begin, -840...840
    std::optional<std::string> caller, provider;
    std::int64_t most = 20; // 1...100 names of each sort
    [[nodiscard]] static Result<AuditSummaryParams> from(const Json& params);
    [[nodiscard]] Json toJson() const;
};

} // namespace keybearer
