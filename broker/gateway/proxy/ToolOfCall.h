#pragma once

#include "broker/gateway/door/ServedRequest.h"

#include <string>
#include <string_view>

namespace keybearer {

class MessageReader;

// Which tool a request calls, where tokens go by tool (M4). The body decides; the fields Mcp-Method and
// Mcp-Name of 2026-07-28 have to say the same (SEC-G-18), or the token of one tool would be sent along with a
// call of another.
struct CalledTool {
    std::string tool;    // empty: not a tool call
    std::string refusal; // a JSON-RPC error: the request goes no further, status 400
};

// `body`: all of it.
[[nodiscard]] CalledTool calledTool(const RequestHead& head, std::string_view body, MessageReader& reader);

// Mcp-Name as text: as it is, or out of =?base64?...?=.
[[nodiscard]] std::string fromMcpHeaderValue(std::string_view value);

} // namespace keybearer
