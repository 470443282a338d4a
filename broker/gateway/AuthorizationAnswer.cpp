#include "broker/gateway/AuthorizationAnswer.h"

#include "broker/base/Json.h"
#include "broker/gateway/Revisions.h"
#include "broker/protocol/RpcError.h"
#include "broker/protocol/RpcMessage.h"

namespace keybearer {

namespace {

constexpr int urlElicitationRequired = -32042; // 2025-11-25, client/elicitation

std::string detailText(const Error& error, const char* key) {
    const ErrorDetail* detail = error.detail(key);
    const std::string* text = detail != nullptr ? std::get_if<std::string>(detail) : nullptr;
    return text != nullptr ? *text : std::string();
}

// For the person behind a model: what happened, what to do, where.
std::string advice(const Error& error) {
    std::string text = error.message;
    const std::string instructions = detailText(error, "instructions");
    const std::string action =
        !instructions.empty()
            ? instructions
            : (error.action.empty() ? std::string(defaultAction(error.code)) : error.action);
    if (!text.empty() && text.back() != '.')
        text.push_back('.');
    text.append(" ").append(action);
    if (const std::string link = linkOf(error); !link.empty() && action.find(link) == std::string::npos)
        text.append("\n").append(link);
    if (const std::string code = detailText(error, "user_code"); !code.empty())
        text.append("\nCode: ").append(code);
    return text;
}

std::string elicitationRequired(const AskedRequest& asked, const Error& error) {
    const Json elicitation{{"mode", "url"},
                           {"elicitationId", detailText(error, "signin_id")},
                           {"url", linkOf(error)},
                           {"message", advice(error)}};
    const Json object{{"code", urlElicitationRequired},
                      {"message", error.message},
                      {"data", {{"elicitations", Json::array({elicitation})}}}};
    return std::string(R"({"jsonrpc":"2.0","id":)")
        .append(asked.id)
        .append(R"(,"error":)")
        .append(dumpJson(object))
        .append("}");
}

std::string inputRequired(const AskedRequest& asked, const Error& error, const std::string& state) {
    const Json params{{"mode", "url"}, {"url", linkOf(error)}, {"message", advice(error)}};
    const Json result{
        {"resultType", "input_required"},
        {"inputRequests", {{"sign_in", {{"method", "elicitation/create"}, {"params", params}}}}},
        {"requestState", state}};
    return resultText(asked.id, dumpJson(result));
}

std::string errorResult(const AskedRequest& asked, const Error& error) {
    Json result{{"content", Json::array({{{"type", "text"}, {"text", advice(error)}}})}, {"isError", true}};
    if (asked.era == Era::Modern)
        result["resultType"] = "complete";
    return resultText(asked.id, dumpJson(result));
}

} // namespace

std::string linkOf(const Error& error) {
    for (const char* key : {"authorization_url", "verification_uri_complete", "verification_uri"}) {
        if (std::string link = detailText(error, key); !link.empty())
            return link;
    }
    return {};
}

bool wantsSignIn(const Error& error) {
    return error.code == ErrorCode::AuthorizationRequired || error.code == ErrorCode::AuthorizationPending ||
           error.code == ErrorCode::SignInAgain;
}

std::string failedAnswer(const AskedRequest& asked, const Error& error, const std::string& requestState) {
    if (asked.method != "tools/call" || !wantsSignIn(error))
        return errorLine(asked.id, error);
    if (asked.elicitsUrl && !linkOf(error).empty()) {
        if (asked.era == Era::Modern)
            return inputRequired(asked, error, requestState);
        if (!detailText(error, "signin_id").empty())
            return elicitationRequired(asked, error);
    }
    return errorResult(asked, error);
}

} // namespace keybearer
