#include "broker/oauth/AuthorizationAnswer.h"

#include <gtest/gtest.h>

using namespace keybearer;
using Kind = AuthorizationAnswer::Kind;
using Parameters = std::map<std::string, std::string>;

namespace {

AuthorizationAnswer judge(Parameters parameters, bool issSupported = false,
                          const std::string& recorded = "https://as.example") {
    AuthorizationExpectation expected;
    expected.state = Secret::copyOf("right");
    expected.issuer = recorded;
    expected.issParameterSupported = issSupported;
    return judgeAnswer(parameters, expected);
}

} // namespace

TEST(AuthorizationAnswer, CodeWithTheRightStateIsGranted) {
    const AuthorizationAnswer answer = judge({{"state", "right"}, {"code", "4/0Ab+c="}});
    EXPECT_EQ(answer.kind, Kind::Granted);
    EXPECT_EQ(answer.code.reveal(), "4/0Ab+c=");
}

TEST(AuthorizationAnswer, SEC_C_06_WithoutTheRightStateNothingCounts) {
    for (const char* state : {"", "wrong", "righ", "rightx", "Right"}) {
        EXPECT_EQ(judge({{"state", state}, {"code", "c"}}).kind, Kind::NotOurs) << state;
        EXPECT_EQ(judge({{"state", state}, {"error", "access_denied"}}).kind, Kind::NotOurs) << state;
    }
    EXPECT_EQ(judge({{"code", "c"}}).kind, Kind::NotOurs);
    EXPECT_EQ(judge({{"error", "access_denied"}}).kind, Kind::NotOurs);
    EXPECT_EQ(judgeAnswer({{"state", ""}, {"code", "c"}}, {}).kind, Kind::NotOurs);
}

TEST(AuthorizationAnswer, SEC_C_11_IssuerMustBeEqualByteByByte) {
    EXPECT_EQ(judge({{"state", "right"}, {"code", "c"}, {"iss", "https://as.example"}}, true).kind,
              Kind::Granted);
    for (const char* iss :
         {"https://as.example/", "https://AS.example", "https://as.example:443", "http://as.example",
          "https://as.example%2F", "", "https://evil.example", "https://as.example\x01"}) {
        const AuthorizationAnswer answer = judge({{"state", "right"}, {"code", "c"}, {"iss", iss}});
        EXPECT_EQ(answer.kind, Kind::Refused) << iss;
        EXPECT_EQ(answer.error.code, ErrorCode::ProviderError);
        EXPECT_TRUE(answer.code.empty());
    }
}

TEST(AuthorizationAnswer, SEC_C_12_MissingIssuerIsRefusedWhereItWasPromised) {
    EXPECT_EQ(judge({{"state", "right"}, {"code", "c"}}, true).kind, Kind::Refused);
    EXPECT_EQ(judge({{"state", "right"}, {"code", "c"}}, false).kind, Kind::Granted);
}

TEST(AuthorizationAnswer, SEC_C_13_ErrorOfAForeignIssuerIsNotShown) {
    for (const Parameters& foreign : {Parameters{{"iss", "https://evil.example"}}, Parameters{}}) {
        Parameters parameters = {
            {"state", "right"}, {"error", "access_denied"}, {"error_description", "planted"}};
        parameters.insert(foreign.begin(), foreign.end());
        const AuthorizationAnswer answer = judge(parameters, true);
        EXPECT_EQ(answer.kind, Kind::Refused);
        EXPECT_EQ(answer.error.code, ErrorCode::ProviderError);
        EXPECT_EQ(answer.error.detail("error"), nullptr);
        EXPECT_EQ(answer.error.detail("error_description"), nullptr);
        EXPECT_EQ(answer.error.message.find("planted"), std::string::npos);
    }
}

TEST(AuthorizationAnswer, ProviderWithoutIssuerIsNotHeldToOne) {
    EXPECT_EQ(judge({{"state", "right"}, {"code", "c"}, {"iss", "https://x"}}, false, "").kind,
              Kind::Granted);
}

TEST(AuthorizationAnswer, DeclinedIsCancelledAndOtherErrorsAreTheProviders) {
    EXPECT_EQ(judge({{"state", "right"}, {"error", "access_denied"}}).error.code, ErrorCode::Cancelled);
    const AuthorizationAnswer answer = judge(
        {{"state", "right"}, {"error", "invalid_scope"}, {"error_description", "no\x1B[0m"}, {"code", "c"}});
    EXPECT_EQ(answer.kind, Kind::Refused);
    EXPECT_EQ(answer.error.code, ErrorCode::ProviderError);
    EXPECT_EQ(std::get<std::string>(*answer.error.detail("error")), "invalid_scope");
    EXPECT_EQ(std::get<std::string>(*answer.error.detail("error_description")), "no\\u{1B}[0m");
}

TEST(AuthorizationAnswer, UnusableCodeIsRefused) {
    for (const std::string& code :
         {std::string(), std::string("a\r\nb"), std::string("\xC3\xA9"), std::string(4097, 'c')})
        EXPECT_EQ(judge({{"state", "right"}, {"code", code}}).kind, Kind::Refused);
    EXPECT_EQ(judge({{"state", "right"}}).kind, Kind::Refused);
}
