#pragma once

#include "broker/base/Json.h"
#include "broker/base/Result.h"

#include <string>

namespace keybearer {

// What service.test and service.remove take. Unknown members are refused, as everywhere.
struct ServiceParams {
    std::string service; // a name or an address
    [[nodiscard]] static Result<ServiceParams> from(const Json& params);
    [[nodiscard]] Json toJson() const { return Json{{"service", service}}; }
};

} // namespace keybearer
