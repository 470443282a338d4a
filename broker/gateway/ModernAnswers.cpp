#include "broker/gateway/ModernAnswers.h"

#include "broker/base/Json.h"
#include "broker/gateway/JsonMembers.h"

namespace keybearer {

namespace {

constexpr int invalidParams = -32602;
constexpr int legacyResourceNotFound = -32002;

JsonMembers membersOf(std::string_view message) {
    return JsonMembers::of(message).value_or(JsonMembers());
}

bool isCacheable(const std::string& method) {
    return method == "tools/list" || method == "prompts/list" || method == "resources/list" ||
           method == "resources/templates/list" || method == "resources/read";
}

} // namespace

std::string modernResult(const std::string& method, std::string_view message) {
    JsonMembers outer = membersOf(message);
    JsonMembers result = outer.object("result");
    if (!result.find("resultType"))
        result.setText("resultType", "complete");
    if (isCacheable(method) && !result.find("ttlMs"))
        result.set("ttlMs", "0");
    if (isCacheable(method) && !result.find("cacheScope"))
        result.setText("cacheScope", "private");
    outer.set("result", result.dump());
    return outer.dump();
}

std::string modernError(std::int64_t code, std::string_view message) {
    JsonMembers outer = membersOf(message);
    if (code == legacyResourceNotFound || code == legacyElicitationRequired) {
        JsonMembers error = outer.object("error");
        error.set("code", std::to_string(invalidParams));
        outer.set("error", error.dump());
    }
    return outer.dump();
}

std::string addressesAsQuestions(std::string_view message, const std::string& requestState,
                                 std::size_t most) {
    JsonMembers outer = membersOf(message);
    const JsonMembers data = outer.object("error").object("data");
    const Json list = Json::parse(data.find("elicitations").value_or("[]"), nullptr, false);
    Json questions = Json::object();
    for (const Json& item : list) {
        if (!item.is_object() || questions.size() == most)
            continue;
        Json params = item;
        params.erase("elicitationId");
        params["mode"] = "url";
        questions[std::string("url_").append(std::to_string(questions.size() + 1))] =
            Json{{"method", "elicitation/create"}, {"params", params}};
    }
    outer.erase("error");
    outer.set("result", dumpJson(Json{{"resultType", "input_required"},
                                      {"inputRequests", questions},
                                      {"requestState", requestState}}));
    return outer.dump();
}

std::string withId(std::string_view message, const std::string& id) {
    JsonMembers outer = membersOf(message);
    outer.set("id", id);
    return outer.dump();
}

} // namespace keybearer
