#include "broker/gateway/Revisions.h"

#include "broker/base/Json.h"
#include "broker/protocol/RpcMessage.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr int headerMismatch = -32020;
constexpr int missingCapability = -32021;
constexpr int unsupportedVersion = -32022;

std::int64_t codeOf(const JsonMembers& error) {
    const std::optional<std::string_view> raw = error.find("code");
    const Json code = raw ? Json::parse(*raw, nullptr, false) : Json();
    return code.is_number_integer() ? code.get<std::int64_t>() : 0;
}

// -32022 brings the list of what the server speaks.
EraEvidence bySupported(const JsonMembers& error) {
    const JsonMembers data = error.object("data");
    const std::optional<std::string_view> raw = data.find("supported");
    const Json list = raw ? Json::parse(*raw, nullptr, false) : Json();
    if (!list.is_array() || list.empty())
        return EraEvidence::Modern; // no legacy revision knows the code
    const bool any = std::any_of(list.begin(), list.end(), [](const Json& item) {
        return item.is_string() && isModern(item.get_ref<const std::string&>());
    });
    return any ? EraEvidence::Modern : EraEvidence::Legacy;
}

bool isDate(std::string_view text) {
    return text.size() == 10 && text[4] == '-' && text[7] == '-' &&
           std::all_of(text.begin(), text.end(), [](char c) { return c == '-' || (c >= '0' && c <= '9'); });
}

} // namespace

bool isModern(std::string_view protocolVersion) {
    return isDate(protocolVersion) && protocolVersion >= std::string_view("2026-01-01");
}

Era eraOf(const MessageView& message) {
    return message.method == "server/discover" || isModern(message.protocolVersion) ? Era::Modern
                                                                                    : Era::Legacy;
}

EraEvidence evidenceOf(Era asked, int status, std::string_view body) {
    if (status == 401 || status == 403 || status == 0 || status >= 500)
        return EraEvidence::None;
    const std::optional<std::string> object = errorObjectOf(body);
    const JsonMembers error = object ? JsonMembers::of(*object).value_or(JsonMembers()) : JsonMembers();
    const std::int64_t code = codeOf(error);
    if (code == unsupportedVersion)
        return bySupported(error);
    if (code == headerMismatch || code == missingCapability)
        return EraEvidence::Modern;
    if (asked == Era::Modern)
        return EraEvidence::Legacy; // every modern server has server/discover
    // A modern server knows no initialize, or misses its _meta.
    return code == -32601 || code == -32602 ? EraEvidence::Modern : EraEvidence::None;
}

std::string requestText(std::string_view id, std::string_view method, std::string_view params) {
    std::string text = R"({"jsonrpc":"2.0","id":)";
    text.append(id).append(R"(,"method":)").append(quotedJson(method));
    if (!params.empty())
        text.append(R"(,"params":)").append(params);
    return text.append("}");
}

std::string notificationText(std::string_view method, std::string_view params) {
    std::string text = R"({"jsonrpc":"2.0","method":)";
    text.append(quotedJson(method));
    if (!params.empty())
        text.append(R"(,"params":)").append(params);
    return text.append("}");
}

std::string resultText(std::string_view id, std::string_view result) {
    return resultLine(id, result);
}

std::string errorText(std::string_view id, int code, std::string_view message) {
    std::string text = R"({"jsonrpc":"2.0","id":)";
    text.append(id.empty() ? "null" : id).append(R"(,"error":{"code":)").append(std::to_string(code));
    return text.append(R"(,"message":)").append(quotedJson(message)).append("}}");
}

std::optional<std::string> errorObjectOf(std::string_view body) {
    if (!Json::accept(body))
        return std::nullopt;
    const std::optional<JsonMembers> message = JsonMembers::of(body);
    if (!message || message->text("jsonrpc") != "2.0")
        return std::nullopt;
    const JsonMembers error = message->object("error");
    if (!error.find("code") || !error.find("message"))
        return std::nullopt;
    // Between tokens a line's end is a blank like any other; to a client it would be the end of the message.
    std::string object(*message->find("error"));
    std::replace_if(
        object.begin(), object.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
    return object;
}

std::string headerName(const MessageView& message) {
    const bool named = message.method == "tools/call" || message.method == "prompts/get" ||
                       message.method == "resources/read";
    return named ? message.name : std::string();
}

} // namespace keybearer
