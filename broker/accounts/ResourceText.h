#pragma once

#include "broker/accounts/ResourceStore.h"
#include "broker/base/Json.h"

namespace keybearer {

// What was found out about an MCP server, and our client there, as they are written down: in rows of the
// state database, and for the brokers of a shared store. No secret; reading is lenient, for what is read was
// sealed.
[[nodiscard]] Json toJson(const DiscoveredServer& server); // without the url
[[nodiscard]] DiscoveredServer serverFrom(std::string url, const Json& text);
[[nodiscard]] Json toJson(const StoredRegistration& registration); // without the issuer
[[nodiscard]] StoredRegistration registrationFrom(std::string issuer, const Json& text);

} // namespace keybearer
