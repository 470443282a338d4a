#include "broker/protocol/RpcMessage.h"

#include "broker/protocol/RpcError.h"

namespace keybearer {

namespace {
constexpr std::size_t longestMethod = 64;
constexpr std::size_t longestId = 64;
} // namespace

Result<RpcRequest> parseRequest(std::string_view line, std::string* id) {
    Result<Json> document = parseJson(line);
    if (!document)
        return tl::unexpected(std::move(document.error()));
    if (document->is_array())
        return failure(ErrorCode::InvalidRequest, "batches are not supported", "Send one request a line.");
    if (!document->is_object())
        return failure(ErrorCode::InvalidRequest, "a request is a JSON object");
    RpcRequest request;
    if (const auto member = document->find("id"); member != document->end()) {
        const bool text = member->is_string() && member->get_ref<const std::string&>().size() <= longestId;
        if (!text && !member->is_number_integer())
            return failure(ErrorCode::InvalidRequest,
                           "id must be an integer or a string of at most 64 characters");
        request.id = dumpJson(*member);
        if (id != nullptr)
            *id = request.id;
    }
    if (stringAt(*document, "jsonrpc") != "2.0")
        return failure(ErrorCode::InvalidRequest, "jsonrpc must be \"2.0\"");
    std::optional<std::string> method = stringAt(*document, "method");
    if (!method || method->empty() || method->size() > longestMethod)
        return failure(ErrorCode::InvalidRequest, "method must be a name of at most 64 characters");
    request.method = std::move(*method);
    if (const auto params = document->find("params"); params != document->end()) {
        if (!params->is_object())
            return failure(ErrorCode::InvalidRequest, "params must be an object");
        request.params = std::move(*params);
    }
    return request;
}

std::string resultLine(std::string_view id, std::string_view resultJson) {
    std::string line = R"({"jsonrpc":"2.0","id":)";
    line.reserve(line.size() + id.size() + resultJson.size() + 16);
    line.append(id.empty() ? "null" : id).append(R"(,"result":)").append(resultJson).append("}");
    return line;
}

std::string errorLine(std::string_view id, const Error& error) {
    std::string line = R"({"jsonrpc":"2.0","id":)";
    line.append(id.empty() ? "null" : id)
        .append(R"(,"error":)")
        .append(dumpJson(toRpcError(error)))
        .append("}");
    return line;
}

std::string notificationLine(std::string_view method, const Json& params) {
    return dumpJson(Json{{"jsonrpc", "2.0"}, {"method", method}, {"params", params}});
}

std::string requestLine(std::int64_t id, std::string_view method, const Json& params) {
    return dumpJson(Json{{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", params}});
}

} // namespace keybearer
