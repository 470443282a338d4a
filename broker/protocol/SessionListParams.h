#pragma once

#include "broker/base/Json.h"
#include "broker/base/Result.h"

#include <cstdint>
#include <optional>
#include <string>

namespace keybearer {

// The parameters of session.list, as those in Methods.h. With a limit the answer comes in pages, in the order
// of the ids: with thousands of sessions one line could not hold them.
struct SessionListParams {
    std::optional<std::string> after; // the `next` of the page before
    std::int64_t limit = 0;           // 1...1000; 0: all
    [[nodiscard]] static Result<SessionListParams> from(const Json& params);
    [[nodiscard]] Json toJson() const;
};

} // namespace keybearer
