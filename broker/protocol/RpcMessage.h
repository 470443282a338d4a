#pragma once

#include "broker/base/Json.h"
#include "broker/base/Result.h"

#include <string>

namespace keybearer {

// One JSON-RPC 2.0 request. `id` is kept as the JSON text it came as (a number, a string or null); empty for
// a notification, which gets no answer.
struct RpcRequest {
    std::string id;
    std::string method;
    Json params = Json::object();
};

// Strict: an object with jsonrpc "2.0", a method name of at most 64 characters, params absent or an object,
// id a string of at most 64 characters, an integer or absent. A batch (array) is refused. ParseError or
// InvalidRequest.
// `id` receives the id as JSON text if the line has a usable one, also when the request is refused: the asker
// then knows which of its requests it was (JSON-RPC 2.0 section 5).
[[nodiscard]] Result<RpcRequest> parseRequest(std::string_view line, std::string* id = nullptr);

// Lines without the final LF. `id` is JSON text; an empty one is written as null.
[[nodiscard]] std::string resultLine(std::string_view id, std::string_view resultJson);
[[nodiscard]] std::string errorLine(std::string_view id, const Error& error);
[[nodiscard]] std::string notificationLine(std::string_view method, const Json& params);
[[nodiscard]] std::string requestLine(std::int64_t id, std::string_view method, const Json& params);

} // namespace keybearer
