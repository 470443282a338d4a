#pragma once

#include "broker/base/Result.h"

#include <memory>
#include <string>
#include <string_view>

namespace keybearer {

// What the exchange has to know of one JSON-RPC message of the Model Context Protocol; the message itself
// goes on as the bytes it came as.
struct MessageView {
    enum class Kind { Request, Notification, Result, Failure };
    Kind kind = Kind::Notification;
    std::string id;     // JSON text in one spelling (7, "a"); of requests and answers; "null" of a failure
                        // without id
    std::string method; // of requests and notifications

    std::string name;            // params.name; of a resource, params.uri
    std::string protocolVersion; // params._meta "io.modelcontextprotocol/protocolVersion"
    bool elicitsUrl = false;     // params._meta clientCapabilities.elicitation.url is there
    std::string cancelled;       // params.requestId, as `id` is written
    std::string requestState;    // params.requestState
    std::string resultType;      // result.resultType
    std::int64_t errorCode = 0;  // error.code
};

// Reads messages of up to 64 MiB without building a tree of them (simdjson on demand): strict JSON and UTF-8,
// at most 128 levels, one JSON-RPC 2.0 object, no member twice at the top level nor a tool named twice, in
// any spelling. Keeps its buffer from message to message; one a conversation and direction. Never throws.
class MessageReader {
public:
    MessageReader();
    ~MessageReader();

    // ParseError: no JSON. InvalidRequest: JSON, but no message; `id` then receives the id, if one was seen.
    [[nodiscard]] Result<MessageView> read(std::string_view text, std::string* id = nullptr);

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

} // namespace keybearer
