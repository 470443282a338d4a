#pragma once

#include "broker/access/PolicyDecision.h"
#include "broker/base/Result.h"

#include <string>
#include <string_view>

namespace keybearer {

// The body of the question, {"input": {...}}, with the members in a fixed order: the same question is the
// same text.
[[nodiscard]] std::string opaInput(const PolicyQuestion& question);

// The decision in an answer of Open Policy Agent's data API: {"result": true} or {"result": false}, beside
// whatever else it tells. Everything that is not plainly one of the two is PolicyUnavailable: a text "true",
// a number, an object, a rule that is undefined and so has no result, JSON that is damaged.
[[nodiscard]] Result<bool> opaAnswer(int status, std::string_view body);

} // namespace keybearer
