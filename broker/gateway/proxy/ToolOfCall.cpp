#include "broker/gateway/proxy/ToolOfCall.h"

#include "broker/base/Random.h"
#include "broker/gateway/JsonMembers.h"
#include "broker/gateway/MessageReader.h"
#include "broker/gateway/Revisions.h"
#include "broker/gateway/proxy/RefusedRequest.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr int headerMismatch = -32020; // Model Context Protocol, 2026-07-28
constexpr int parseError = -32700;
constexpr int invalidRequest = -32600;
constexpr int invalidParams = -32602;
constexpr std::string_view opening = "=?base64?";
constexpr std::string_view closing = "?=";

CalledTool refused(int code, std::string_view message, const std::string& id) {
    CalledTool out;
    out.refusal = refusalBody(code, message, id);
    return out;
}

// params.name, if it is there exactly once: which of two a server takes is not known.
std::optional<std::string> onlyName(std::string_view body) {
    const std::optional<JsonMembers> message = JsonMembers::of(body);
    if (!message)
        return std::nullopt;
    const JsonMembers params = message->object("params");
    const auto names = std::count_if(params.members().begin(), params.members().end(),
                                     [](const JsonMembers::Member& member) { return member.key == "name"; });
    return names == 1 ? params.text("name") : std::nullopt;
}

} // namespace

std::string fromMcpHeaderValue(std::string_view value) {
    if (!value.starts_with(opening) || !value.ends_with(closing) ||
        value.size() < opening.size() + closing.size())
        return std::string(value);
    std::string text(value.substr(opening.size(), value.size() - opening.size() - closing.size()));
    while (!text.empty() && text.back() == '=')
        text.pop_back();
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    return fromBase64Url(text);
}

CalledTool calledTool(const RequestHead& head, std::string_view body, MessageReader& reader) {
    std::string id;
    const std::size_t first = body.find_first_not_of(" \t\r\n");
    if (first != std::string_view::npos && body[first] == '[')
        return refused(invalidRequest,
                       "a batch may call tools of several accounts; send its messages one by one", id);
    const Result<MessageView> message = reader.read(body, &id);
    if (!message)
        return refused(message.error().code == ErrorCode::ParseError ? parseError : invalidRequest,
                       message.error().message, id);
    const bool speaks =
        message->kind == MessageView::Kind::Request || message->kind == MessageView::Kind::Notification;
    const std::string_view method = head.field("mcp-method");
    if (speaks && !method.empty() && method != message->method)
        return refused(headerMismatch, "Mcp-Method names another method than the body", message->id);
    CalledTool out;
    if (!speaks || message->method != "tools/call")
        return out;
    const std::optional<std::string> tool = onlyName(body);
    if (!tool || tool->empty())
        return refused(invalidParams, "tools/call has to name one tool, once", message->id);
    const std::string_view name = head.field("mcp-name");
    if (!name.empty() && fromMcpHeaderValue(name) != *tool)
        return refused(headerMismatch, "Mcp-Name names another tool than the body", message->id);
    out.tool = *tool;
    return out;
}

} // namespace keybearer
