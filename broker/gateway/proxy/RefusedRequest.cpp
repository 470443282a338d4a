#include "broker/gateway/proxy/RefusedRequest.h"

#include "broker/gateway/JsonMembers.h"
#include "broker/gateway/Revisions.h"
#include "broker/gateway/door/Answers.h"
#include "broker/protocol/RpcError.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::chrono::seconds sensibleWait{5}; // where the broker names none
constexpr std::size_t longestId = 256;          // of a request; longer ones are answered with null

} // namespace

int statusFor(const Error& error) {
    if (error.code == ErrorCode::InternalError)
        return 500;
    return isTransient(error.code) || error.code == ErrorCode::AuthorizationPending ? 503 : 403;
}

std::string refusalBody(const Error& error, std::string_view id) {
    return std::string(R"({"jsonrpc":"2.0","id":)")
        .append(id.empty() ? std::string_view("null") : id)
        .append(R"(,"error":)")
        .append(dumpJson(toRpcError(error)))
        .append("}");
}

std::string refusalBody(int code, std::string_view message, std::string_view id) {
    return errorText(id.empty() ? std::string_view("null") : id, code, message);
}

void refuse(ServedRequest& request, int status, const Error& error, std::string_view id,
            std::vector<HttpField> more) {
    if (status == 503 || status == 429 || error.retryAfter)
        more.emplace_back("Retry-After", std::to_string(error.retryAfter.value_or(sensibleWait).count()));
    refuse(request, status, refusalBody(error, id), std::move(more));
}

void refuse(ServedRequest& request, int status, std::string body, std::vector<HttpField> more) {
    more.emplace_back("Cache-Control", "no-store");
    answerWhole(request, status, "application/json", body, std::move(more));
}

std::string idShownBy(std::string_view beginning) {
    const JsonMembers members = JsonMembers::ofBeginning(beginning);
    const auto id = members.find("id");
    if (!id || id->empty() || id->size() > longestId)
        return {};
    const bool number = id->find_first_not_of("0123456789-+.eE") == std::string_view::npos;
    return number || unquotedJson(*id) ? std::string(*id) : std::string();
}

} // namespace keybearer
