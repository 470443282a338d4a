#include "app/tray/consent/ConsentPrompt.h"

#include "tests/app/tray/support/TrayFixture.h"

#include <QLabel>
#include <QPushButton>
#include <gtest/gtest.h>

namespace keybearer::test {
namespace {

// What the gateway has the person asked: for requests with a sign-in, and for the sign-in itself.
class ServerQuestionTest : public ::testing::Test {
protected:
    void ask(const char* purpose) {
        Json json = requestJson("c1");
        json["purpose"] = purpose;
        json["provider_name"] = "linear";
        json["resource"] = "https://mcp.linear.app/mcp";
        json["issuer"] = "https://xn--80ak6aa92e.example";
        json["scopes"] = {"issues:write"};
        prompt = std::make_unique<ConsentPrompt>(*readConsentRequest(json),
                                                 std::make_unique<ManualCountdown>(&countdown));
    }
    QString text(const char* name) {
        const auto* label = prompt->findChild<QLabel*>(QLatin1String(name));
        return label == nullptr ? QString() : label->text().remove(u'\u200B');
    }
    QString once() { return prompt->findChild<QPushButton*>(QStringLiteral("allow-once"))->toolTip(); }

    ManualCountdown* countdown = nullptr;
    std::unique_ptr<ConsentPrompt> prompt;
};

TEST_F(ServerQuestionTest, RequestsWithASignInAreNotCalledTheUseOfAnAccount) {
    ask("proxy");
    EXPECT_EQ(text("heading"),
              QStringLiteral("github-mcp/index.js wants to send requests to linear with your sign-in"));
    EXPECT_EQ(text("server"), QStringLiteral("https://mcp.linear.app/mcp"));
    EXPECT_TRUE(text("account").contains(QStringLiteral("ana@example.com")));
    EXPECT_EQ(text("signInAt"), QString());
    EXPECT_EQ(once(), QStringLiteral("Allow until the program ends this conversation."));
}

TEST_F(ServerQuestionTest, T22_ASignInSaysWhereAndForWhat) {
    ask("sign_in");
    EXPECT_TRUE(text("signInAt").startsWith(QStringLiteral("https://xn--80ak6aa92e.example")));
    EXPECT_TRUE(text("scopes").contains(QStringLiteral("issues:write")));
    EXPECT_EQ(text("account"), QString());
    EXPECT_EQ(once(), QStringLiteral("Allow until the program ends this conversation."));
}

TEST_F(ServerQuestionTest, TheTokenOfAServerIsNotCalledAnAccount) {
    ask("access_token");
    EXPECT_EQ(text("heading"),
              QStringLiteral("github-mcp/index.js wants to have access to the server linear"));
    EXPECT_EQ(text("server"), QStringLiteral("https://mcp.linear.app/mcp"));
    EXPECT_EQ(once(), QStringLiteral("Allow this one request."));
}

TEST_F(ServerQuestionTest, R2_ToHandOverTheAccessIsSaidLouderThanToLetThrough) {
    ask("access_token");
    EXPECT_TRUE(text("gets").startsWith(QStringLiteral("the access itself")));
    ask("proxy");
    EXPECT_TRUE(text("gets").startsWith(QStringLiteral("only the server's answers")));
}

TEST_F(ServerQuestionTest, T_22_TheHostOfASignInReadsInBothWays) {
    ask("sign_in");
    EXPECT_TRUE(text("signInAt").contains(QStringLiteral("This host is xn--80ak6aa92e.example (")));
}

TEST_F(ServerQuestionTest, AnAPIKeyIsCalledOne) {
    Json json = requestJson("c1");
    json["provider"] = "apikey";
    json["provider_name"] = "apikey";
    json["account"]["label"] = "weather";
    prompt = std::make_unique<ConsentPrompt>(*readConsentRequest(json),
                                             std::make_unique<ManualCountdown>(&countdown));
    EXPECT_EQ(text("heading"),
              QStringLiteral("github-mcp/index.js wants to have your API key \u201Cweather\u201D"));
    EXPECT_TRUE(text("gets").startsWith(QStringLiteral("the key itself")));
}

} // namespace
} // namespace keybearer::test
