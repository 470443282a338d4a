#include "broker/protocol/Methods.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

// The parameter that a refusal blames; "-" if the parameters were taken.
template <typename Params>
std::string blamed(const char* text) {
    const Result<Params> params = Params::from(*parseJson(text));
    if (params)
        return "-";
    EXPECT_EQ(params.error().code, ErrorCode::InvalidParams) << text;
    const ErrorDetail* detail = params.error().detail("parameter");
    return detail == nullptr ? "" : std::get<std::string>(*detail);
}

TEST(MethodsTest, TokenGetComesBackAsItWas) {
    TokenGetParams get;
    get.provider = "github";
    get.account = "ana";
    get.scopes = {"repo", "user:email"};
    get.tool = "github.search";
    get.minValidSeconds = 300;
    get.interactive = true;
    get.reason = "to list issues";
    const Result<TokenGetParams> back = TokenGetParams::from(get.toJson());
    ASSERT_TRUE(back);
    EXPECT_EQ(back->toJson(), get.toJson());
    EXPECT_EQ(back->scopes, get.scopes);
    EXPECT_EQ(back->minValidSeconds, 300);
    EXPECT_TRUE(back->interactive);
}

TEST(MethodsTest, TokenGetWantsExactlyOneTarget) {
    EXPECT_EQ(blamed<TokenGetParams>(R"({"provider":"a"})"), "-");
    EXPECT_EQ(blamed<TokenGetParams>(R"({"service":"a"})"), "-");
    EXPECT_EQ(blamed<TokenGetParams>(R"({"resource":"https://a"})"), "-");
    EXPECT_EQ(blamed<TokenGetParams>("{}"), "provider");
    EXPECT_EQ(blamed<TokenGetParams>(R"({"provider":"a","service":"b"})"), "provider");
}

TEST(MethodsTest, TokenGetRefusesWrongKindsAndRanges) {
    const std::string longText(513, 'x');
    for (const auto& [text, parameter] : std::initializer_list<std::pair<std::string, const char*>>{
             {R"({"provider":7})", "provider"},
             {R"({"provider":""})", "provider"},
             {R"({"provider":")" + longText + "\"}", "provider"},
             {R"({"provider":"a","scopes":"repo"})", "scopes"},
             {R"({"provider":"a","scopes":["a b"]})", "scopes"},
             {R"({"provider":"a","scopes":["ä"]})", "scopes"},
             {R"({"provider":"a","scopes":[""]})", "scopes"},
             {R"({"provider":"a","scopes":[7]})", "scopes"},
             {R"({"provider":"a","min_valid_seconds":-1})", "min_valid_seconds"},
             {R"({"provider":"a","min_valid_seconds":86401})", "min_valid_seconds"},
             {R"({"provider":"a","min_valid_seconds":1.5})", "min_valid_seconds"},
             {R"({"provider":"a","min_valid_seconds":18446744073709551615})", "min_valid_seconds"},
             {R"({"provider":"a","min_valid_seconds":"60"})", "min_valid_seconds"},
             {R"({"provider":"a","interactive":1})", "interactive"},
             {R"({"provider":"a","reason":{}})", "reason"},
             {R"({"provider":"a","acount":"b"})", "acount"},
         })
        EXPECT_EQ(blamed<TokenGetParams>(text.c_str()), parameter) << text.substr(0, 60);
}

TEST(MethodsTest, SixtyFiveScopesAreTooMany) {
    Json params{{"provider", "a"}, {"scopes", Json::array()}};
    for (int i = 0; i < 64; ++i)
        params["scopes"].push_back("s" + std::to_string(i));
    EXPECT_TRUE(TokenGetParams::from(params));
    params["scopes"].push_back("one more");
    EXPECT_FALSE(TokenGetParams::from(params));
}

TEST(MethodsTest, MistypedMemberNamesTheRightOne) {
    const Result<TokenGetParams> params =
        TokenGetParams::from(*parseJson(R"({"provider":"a","acount":"b"})"));
    ASSERT_FALSE(params);
    EXPECT_EQ(std::get<std::string>(*params.error().detail("did_you_mean")), "account");
}

TEST(MethodsTest, MistypedChoiceNamesTheRightOne) {
    const Result<SignInStartParams> params =
        SignInStartParams::from(*parseJson(R"({"provider":"a","flow":"browsr"})"));
    ASSERT_FALSE(params);
    EXPECT_EQ(std::get<std::string>(*params.error().detail("did_you_mean")), "browser");
}

TEST(MethodsTest, T_27_NameOfAnUnknownMemberIsShownEscaped) {
    const Result<NoParams> params = NoParams::from(*parseJson(R"({"\u001b[31m\u202e":1})"));
    ASSERT_FALSE(params);
    EXPECT_EQ(params.error().message.find('\x1b'), std::string::npos);
    EXPECT_NE(params.error().message.find("\\u{1B}"), std::string::npos);
}

TEST(MethodsTest, ParametersThatAreNoObjectAreRefused) {
    EXPECT_FALSE(NoParams::from(Json::array()));
    EXPECT_FALSE(TokenGetParams::from(Json("x")));
    EXPECT_FALSE(SessionParams::from(Json()));
}

TEST(MethodsTest, NullCountsAsAbsent) {
    EXPECT_EQ(blamed<SessionParams>(R"({"session_id":"s","label":null})"), "-");
    EXPECT_EQ(blamed<SessionParams>(R"({"session_id":null})"), "session_id");
    EXPECT_EQ(blamed<TokenGetParams>(R"({"provider":null})"), "provider");
    EXPECT_EQ(blamed<TokenGetParams>(R"({"tool":null})"), "provider");
    EXPECT_EQ(blamed<TokenGetParams>(R"({"provider":"a","service":null,"tool":null})"), "-");
    EXPECT_EQ(blamed<SignInStartParams>(R"({"provider":null})"), "provider");
}

TEST(MethodsTest, OtherMethodsRefuseWhatTheyCannotUse) {
    EXPECT_EQ(blamed<HelloParams>("{}"), "protocol");
    EXPECT_EQ(blamed<SignInStartParams>("{}"), "provider");
    EXPECT_EQ(blamed<SignInStartParams>(R"({"provider":"a","url":"b"})"), "provider");
    EXPECT_EQ(blamed<SignInStartParams>(R"({"provider":"a","flow":"psychic"})"), "flow");
    EXPECT_EQ(blamed<SignInIdParams>("{}"), "signin_id");
    EXPECT_EQ(blamed<SignInCompleteParams>(R"({"signin_id":"a"})"), "redirect_url");
    EXPECT_EQ(blamed<SessionParams>("{}"), "session_id");
    EXPECT_EQ(blamed<SessionParams>(R"({"session_id":"a","local_only":"yes"})"), "local_only");
    EXPECT_EQ(blamed<ConsentAnswerParams>(R"({"consent_id":"a"})"), "decision");
    EXPECT_EQ(blamed<ConsentAnswerParams>(R"({"consent_id":"a","decision":"maybe"})"), "decision");
    EXPECT_EQ(blamed<ConsentRevokeParams>("{}"), "consent_id");
    EXPECT_EQ(blamed<SubscribeParams>("{}"), "topics");
    EXPECT_EQ(blamed<SubscribeParams>(R"({"topics":["nothing"]})"), "topics");
    EXPECT_EQ(blamed<AuditQueryParams>(R"({"limit":0})"), "limit");
    EXPECT_EQ(blamed<AuditQueryParams>(R"({"limit":1001})"), "limit");
    EXPECT_EQ(blamed<AuditQueryParams>("{}"), "-");
}

TEST(MethodsTest, OtherMethodsComeBackAsTheyWere) {
    SignInStartParams start;
    start.url = "https://mcp.example.com/mcp";
    start.flow = "paste";
    EXPECT_EQ(SignInStartParams::from(start.toJson())->toJson(), start.toJson());
    const SignInCompleteParams complete{"id", "http://127.0.0.1:1/cb?code=" + std::string(4000, 'c')};
    EXPECT_EQ(SignInCompleteParams::from(complete.toJson())->redirectUrl, complete.redirectUrl);
    SessionParams session{"github:ana", true, "work"};
    EXPECT_EQ(SessionParams::from(session.toJson())->toJson(), session.toJson());
    const SubscribeParams subscribe{{"alert", "session.changed"}};
    EXPECT_EQ(SubscribeParams::from(subscribe.toJson())->topics, subscribe.topics);
}

} // namespace
} // namespace keybearer
