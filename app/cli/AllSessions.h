#pragma once

#include "broker/base/Json.h"
#include "broker/base/Result.h"

namespace keybearer {

class Invocation;

// session.list page by page, because one answer of the broker has a bound that some thousand sessions reach:
// {"sessions": [...]} with all of them, in the order of their identifiers.
[[nodiscard]] Result<Json> allSessions(Invocation& invocation);

// The same for who has asked for the first page already, with these parameters.
[[nodiscard]] Json firstSessions();
[[nodiscard]] Result<Json> withFollowingSessions(Invocation& invocation, Json page);

} // namespace keybearer
