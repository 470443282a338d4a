#pragma once

#include "broker/gateway/upstream/AuthorizedRequest.h"

namespace keybearer {

// What a POST of a message needs in every era: target, Content-Type, Accept, MCP-Protocol-Version. Moves the
// text out of the message.
[[nodiscard]] RequestPlan planOf(ClientMessage& message, const std::string& url);
// Mcp-Method, Mcp-Name and Mcp-Param-* (2026-07-28).
void addRequestMetadata(RequestPlan& plan, const ClientMessage& message);

} // namespace keybearer
