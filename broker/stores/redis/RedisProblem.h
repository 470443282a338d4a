#pragma once

#include "broker/base/Result.h"

#include <string_view>

namespace keybearer {

// What an error that the server answered with means for us.
struct RedisProblem {
    Error error;                 // in words for people
    bool endsConnection = false; // nothing more is to be had from this server as it is: look for another
};

// `text`: as it stands in the answer, without its '-'. `name`: of the record concerned, "" if it is about the
// connection. What lies under the name but is no record becomes ParseError, everything else StoreUnavailable.
[[nodiscard]] RedisProblem redisProblem(std::string_view text, std::string_view name);

// Something else than a record lies under the name.
[[nodiscard]] Error notARecord(std::string_view name, std::string_view why);

} // namespace keybearer
