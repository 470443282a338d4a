#pragma once

#include "app/cli/Invocation.h"

#include <string>

namespace keybearer {

// session.revoke, and what to say about it: logout and session revoke.
[[nodiscard]] Result<int> revokeSession(Invocation& invocation, const std::string& session, bool localOnly);

} // namespace keybearer
