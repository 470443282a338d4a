#include "broker/policy/OpaAnswer.h"

#include "broker/base/Json.h"

namespace keybearer {

namespace {

tl::unexpected<Error> useless(const std::string& what) {
    return failure(ErrorCode::PolicyUnavailable, "the policy server gave no decision: " + what,
                   "Look at policy.opa_url in config.yaml: it must name a rule that is true or false.");
}

} // namespace

std::string opaInput(const PolicyQuestion& question) {
    const Json input{{"action", question.action},
                     {"caller",
                      {{"executable", question.executable},
                       {"class", question.identityClass},
                       {"script", question.script},
                       {"client", question.client},
                       {"role", question.role}}},
                     {"provider", question.provider},
                     {"account", question.account},
                     {"resource", question.resource},
                     {"scopes", question.scopes},
                     {"tool", question.tool},
                     {"service", question.service}};
    return dumpJson(Json{{"input", input}});
}

Result<bool> opaAnswer(int status, std::string_view body) {
    if (status != 200)
        return useless("status " + std::to_string(status));
    const Result<Json> answer = parseJson(body);
    if (!answer || !answer->is_object())
        return useless("its answer is no JSON object");
    const auto result = answer->find("result");
    if (result == answer->end())
        return useless("the rule is undefined, its answer has no result");
    if (!result->is_boolean())
        return useless("its result is neither true nor false");
    return result->get<bool>();
}

} // namespace keybearer
