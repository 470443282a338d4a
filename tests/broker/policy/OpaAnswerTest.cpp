#include "broker/policy/OpaAnswer.h"

#include "broker/base/Json.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

TEST(OpaAnswer, T48_OnlyABooleanDecides) {
    EXPECT_EQ(opaAnswer(200, R"({"result": true})"), true);
    EXPECT_EQ(opaAnswer(200, R"({"result": false})"), false);
    EXPECT_EQ(opaAnswer(200, R"({"decision_id": "4ca6", "result": true, "warning": {"code": "x"}})"), true);
}

TEST(OpaAnswer, T48_EverythingElseIsNoDecision) {
    for (const char* body : {R"({"result": "true"})", R"({"result": 1})", R"({"result": null})",
                             R"({"result": [true]})", R"({"result": {"allow": true}})", R"({})", R"([true])",
                             "true", "", "<html>true</html>", R"({"result": true)", R"({"result": true} x)",
                             R"({"result": false, "result": true})", R"({"Result": true})"}) {
        const Result<bool> answer = opaAnswer(200, body);
        ASSERT_FALSE(answer) << body;
        EXPECT_EQ(answer.error().code, ErrorCode::PolicyUnavailable);
    }
    for (const int status : {0, 201, 204, 301, 400, 404, 500})
        EXPECT_FALSE(opaAnswer(status, R"({"result": true})")) << status;
}

TEST(OpaInput, T48_TellsWhoAndWhatAndNothingElse) {
    PolicyQuestion question;
    question.action = "token.get";
    question.executable = "/usr/bin/git";
    question.identityClass = "C";
    question.role = "agent";
    question.provider = "github";
    question.account = "ana@example.com";
    question.scopes = {"repo"};
    question.tool = "github.list";
    const Result<Json> body = parseJson(opaInput(question));
    ASSERT_TRUE(body);
    EXPECT_EQ(*body, Json::parse(R"({"input": {
        "action": "token.get",
        "caller": {"executable": "/usr/bin/git", "class": "C", "script": "", "client": "", "role": "agent"},
        "provider": "github", "account": "ana@example.com", "resource": "", "scopes": ["repo"],
        "tool": "github.list", "service": ""}})"));
    PolicyQuestion odd = question;
    odd.tool = "a\"}, \"input\": {\"x\": \"\xff";
    EXPECT_TRUE(parseJson(opaInput(odd))) << "what a program says stays inside its string";
}

} // namespace
} // namespace keybearer
