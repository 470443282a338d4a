#include "broker/gateway/door/Answers.h"

#include <algorithm>

namespace keybearer {

namespace {

// RFC 9110 section 5.6.4; what does not belong into a field at all is left out.
std::string quotedValue(std::string_view text) {
    std::string out("\"");
    for (const char c : text) {
        if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7f)
            continue;
        if (c == '"' || c == '\\')
            out.push_back('\\');
        out.push_back(c);
    }
    out.push_back('"');
    return out;
}

} // namespace

void answerWhole(ServedRequest& request, int status, std::string_view mediaType, std::string_view body,
                 std::vector<HttpField> more) {
    AnswerHead head;
    head.status = status;
    head.fields = std::move(more);
    if (!mediaType.empty()) {
        head.fields.emplace_back("content-type", mediaType);
        head.fields.emplace_back("x-content-type-options", "nosniff");
    }
    head.bodyLength = body.size();
    request.begin(std::move(head));
    static_cast<void>(request.write(body));
    request.end();
}

void answerJson(ServedRequest& request, int status, const Json& body, std::vector<HttpField> more) {
    answerWhole(request, status, "application/json", dumpJson(body), std::move(more));
}

void answerRefusal(ServedRequest& request, const Refusal& refusal, std::vector<HttpField> more) {
    more.emplace_back("cache-control", "no-store");
    answerJson(request, refusal.status, Json{{"error", refusal.error}, {"error_description", refusal.text}},
               std::move(more));
}

std::string resourceMetadataAddress(const RequestHead& head) {
    std::string out = head.base;
    out.append("/.well-known/oauth-protected-resource/").append(head.service).append("/mcp");
    return out;
}

std::string bearerChallenge(const RequestHead& head, std::string_view error,
                            const std::vector<std::string>& scopes) {
    std::string out("Bearer ");
    if (!error.empty())
        out.append("error=").append(quotedValue(error)).append(", ");
    out.append("resource_metadata=").append(quotedValue(resourceMetadataAddress(head)));
    std::string wanted;
    for (const std::string& scope : scopes) {
        if (scope == "offline_access" || scope.empty())
            continue;
        wanted.append(wanted.empty() ? "" : " ").append(scope);
    }
    if (!wanted.empty())
        out.append(", scope=").append(quotedValue(wanted));
    return out;
}

void answerUnauthorized(ServedRequest& request, int status, std::string_view error, std::string_view text,
                        const std::vector<std::string>& scopes) {
    const std::string_view word = error.empty() ? std::string_view("unauthorized") : error;
    answerJson(request, status, Json{{"error", word}, {"error_description", text}},
               {{"www-authenticate", bearerChallenge(request.head(), error, scopes)},
                {"cache-control", "no-store"}});
}

} // namespace keybearer
