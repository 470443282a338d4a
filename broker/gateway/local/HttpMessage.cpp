#include "broker/gateway/local/HttpMessage.h"

#include "broker/gateway/Revisions.h"
#include "broker/gateway/upstream/HeaderValue.h"
#include "broker/protocol/RpcError.h"

#include <algorithm>
#include <array>

namespace keybearer {

namespace {

constexpr int badRequest = 400;
constexpr int notAcceptable = 406;
constexpr int notFound = 404;
constexpr int headerMismatch = -32020;
constexpr int missingCapability = -32021;
constexpr int unsupportedVersion = -32022;
constexpr int methodNotFound = -32601;
constexpr int invalidRequest = -32600;
constexpr int parseError = -32700;
constexpr std::array<std::string_view, 4> legacyRevisions{"2024-11-05", "2025-03-26", "2025-06-18",
                                                          "2025-11-25"};

bool accepts(const RequestHead& head, std::string_view type) {
    const std::string_view accept = head.field("accept");
    const std::string_view family = type.substr(0, type.find('/') + 1);
    return accept.empty() || accept.find(type) != std::string_view::npos ||
           accept.find("*/*") != std::string_view::npos ||
           accept.find(std::string(family).append("*")) != std::string_view::npos;
}

tl::unexpected<HttpRefusal> refusal(int code, std::string_view message, std::string_view id,
                                    int status = badRequest) {
    return tl::unexpected(HttpRefusal{status, errorText(id.empty() ? "null" : id, code, message)});
}

tl::unexpected<HttpRefusal> unsupported(std::string_view id) {
    std::string body = R"({"jsonrpc":"2.0","id":)";
    body.append(id.empty() ? "null" : id)
        .append(R"(,"error":{"code":)")
        .append(std::to_string(unsupportedVersion))
        .append(R"(,"message":"Unsupported protocol version","data":{"supported":[")")
        .append(revision::modern)
        .append(R"("]}}})");
    return tl::unexpected(HttpRefusal{badRequest, std::move(body)});
}

bool sameName(std::string_view field, const std::string& name) {
    return field == name || field == mcpHeaderValue(name);
}

// SEC-G-18: the fields are what others decide by, so they say what the body says.
tl::expected<void, HttpRefusal> holdModern(const RequestHead& head, const MessageView& view) {
    const std::string_view version = head.field("mcp-protocol-version");
    if (view.kind != MessageView::Kind::Request)
        return {};
    if (version.empty() || version != view.protocolVersion)
        return refusal(headerMismatch, "MCP-Protocol-Version and the body differ", view.id);
    if (version != revision::modern)
        return unsupported(view.id);
    if (head.field("mcp-method") != view.method)
        return refusal(headerMismatch, "Mcp-Method and the body differ", view.id);
    const std::string name = headerName(view);
    if (!sameName(head.field("mcp-name"), name))
        return refusal(headerMismatch, "Mcp-Name and the body differ", view.id);
    return {};
}

tl::expected<void, HttpRefusal> holdLegacy(const RequestHead& head, const MessageView& view) {
    const std::string_view version = head.field("mcp-protocol-version");
    const bool known =
        std::find(legacyRevisions.begin(), legacyRevisions.end(), version) != legacyRevisions.end();
    if (!version.empty() && !known)
        return refusal(invalidRequest, "Unsupported protocol version", view.id);
    return {};
}

} // namespace

bool takesStreams(const RequestHead& head) {
    return accepts(head, "text/event-stream");
}

bool takesJson(const RequestHead& head) {
    return accepts(head, "application/json");
}

Era eraOf(const RequestHead& head) {
    return isModern(head.field("mcp-protocol-version")) ? Era::Modern : Era::Legacy;
}

tl::expected<HttpMessage, HttpRefusal> readHttpMessage(const RequestHead& head, std::string body,
                                                       MessageReader& reader) {
    std::string id;
    Result<MessageView> view = reader.read(body, &id);
    if (!view)
        return refusal(view.error().code == ErrorCode::ParseError ? parseError : invalidRequest,
                       view.error().message, id);
    // Lines of a stream, where this goes on.
    std::replace_if(
        body.begin(), body.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
    HttpMessage message{std::move(*view), std::move(body), Era::Legacy};
    const bool request = message.view.kind == MessageView::Kind::Request;
    if (request && !takesStreams(head) && !takesJson(head))
        return refusal(invalidRequest, "Accept names neither application/json nor text/event-stream",
                       message.view.id, notAcceptable);
    message.era = keybearer::eraOf(message.view) == Era::Modern ? Era::Modern : keybearer::eraOf(head);
    const tl::expected<void, HttpRefusal> held =
        message.era == Era::Modern ? holdModern(head, message.view) : holdLegacy(head, message.view);
    if (!held)
        return tl::unexpected(held.error());
    return message;
}

int statusOf(Era era, const MessageView& answer) {
    constexpr int good = 200;
    if (era == Era::Legacy || answer.kind != MessageView::Kind::Failure)
        return good;
    switch (answer.errorCode) {
    case methodNotFound:
        return notFound;
    case headerMismatch:
    case missingCapability:
    case unsupportedVersion:
        return badRequest;
    default:
        return good;
    }
}

} // namespace keybearer
