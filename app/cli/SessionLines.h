#pragma once

#include "broker/base/Clock.h"
#include "broker/base/Json.h"

#include <string>

// A session object of the wire (session.list) as people read it.
namespace keybearer {

[[nodiscard]] std::string sessionTable(const Json& sessions, WallTime now, std::string_view indent);
[[nodiscard]] std::string sessionDetails(const Json& session, WallTime now);

// "active", "sign in again", ... for the state names of the wire.
[[nodiscard]] std::string stateWords(const Json& session);

} // namespace keybearer
