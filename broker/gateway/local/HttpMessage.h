#pragma once

#include "broker/gateway/MessageReader.h"
#include "broker/gateway/door/ServedRequest.h"
#include "broker/gateway/upstream/ServerConnection.h"

#include <string>
#include <tl/expected.hpp>

// What a POST of Streamable HTTP brings, held against its head (transports, 2025-03-26 to 2026-07-28). Pure.
namespace keybearer {

struct HttpMessage {
    MessageView view;
    std::string text;
    Era era = Era::Legacy;
};

struct HttpRefusal {
    int status = 400;
    std::string body; // a JSON-RPC error
};

// In which era a request without a body is spoken: by MCP-Protocol-Version.
[[nodiscard]] Era eraOf(const RequestHead& head);

// 400: no message, a batch, a revision that nobody knows, or (2026-07-28) fields that say something else than
// the body (-32020). 406: the client takes neither JSON nor a stream.
[[nodiscard]] tl::expected<HttpMessage, HttpRefusal> readHttpMessage(const RequestHead& head,
                                                                     std::string body, MessageReader& reader);

// The status of an answer (2026-07-28): its errors about the request itself have one.
[[nodiscard]] int statusOf(Era era, const MessageView& answer);

[[nodiscard]] bool takesStreams(const RequestHead& head);
[[nodiscard]] bool takesJson(const RequestHead& head);

} // namespace keybearer
