#include "tests/broker/accounts/VouchedFixture.h"

namespace keybearer {
namespace {

using namespace std::chrono_literals;

class EnterpriseGrantTest : public VouchedTest {
protected:
    struct Ran {
        bool done = false;
        Result<TokenSet> tokens = failure(ErrorCode::InternalError, "not yet");
        std::unique_ptr<EnterpriseGrant> grant;
    };
    std::shared_ptr<Ran> begin() {
        auto ran = std::make_shared<Ran>();
        const RefreshRooms all = rooms();
        EnterpriseGrant::Wish wish{source, machineGrant(server(), {"read"}, "https://mcp.example/mcp"),
                                   account, subject};
        ran->grant = std::make_unique<EnterpriseGrant>(
            EnterpriseGrant::Rooms{all.registry, all.directory, all.http, all.clock, all.renewOther},
            std::move(wish), [raw = ran.get()](Result<TokenSet> tokens) {
                raw->tokens = std::move(tokens);
                raw->done = true;
            });
        ran->grant->start();
        EXPECT_FALSE(ran->done) << "inside the call";
        return ran;
    }
    Result<TokenSet> finished(const std::shared_ptr<Ran>& ran) {
        EXPECT_TRUE(spinUntil([&] { return ran->done; }));
        return std::move(ran->tokens);
    }
    static std::string at(const Error& error, const char* name) {
        const ErrorDetail* detail = error.detail(name);
        return detail == nullptr ? std::string() : std::get<std::string>(*detail);
    }

    ServerAccess::Enterprise source{"corp", {}, {}, {}, {}, {}};
    std::string account;
    std::string subject;
};

TEST_F(EnterpriseGrantTest, P11_TheStoredSignInVouchesForThePerson) {
    const Secret idToken = jwt(claims("ana", 1h));
    signIn("ana", idToken.clone());
    const auto ran = begin();
    ASSERT_TRUE(house.requestWaits());
    EXPECT_EQ(askedAt(), "https://login.example.com/token");
    EXPECT_EQ(asked()["subject_token"], idToken.reveal());
    EXPECT_EQ(asked()["audience"], "https://as.example");
    EXPECT_EQ(asked()["client_id"], "desk") << "our client there, not the one at the server";
    house.http.answer(200, jag);
    ASSERT_TRUE(house.requestWaits());
    EXPECT_EQ(askedAt(), "https://as.example/token");
    EXPECT_EQ(asked()["assertion"], "j.a.g");
    EXPECT_EQ(asked()["resource"], "https://mcp.example/mcp");
    house.http.answer(200, freshToken);
    const Result<TokenSet> tokens = finished(ran);
    ASSERT_TRUE(tokens) << tokens.error().message;
    EXPECT_EQ(tokens->accessToken.reveal(), "at-9");
    EXPECT_EQ(ran->grant->account()->subject, "ana");
    EXPECT_EQ(ran->grant->account()->label, "ana@example.com");
}

TEST_F(EnterpriseGrantTest, P11_AnIdTokenThatIsTooOldIsRenewedFirst) {
    signIn("ana", jwt(claims("ana", 5min)));
    house.clock.advance(6min);
    const auto ran = begin();
    ASSERT_TRUE(house.requestWaits());
    EXPECT_EQ(asked()["grant_type"], "refresh_token");
    const Secret newer = jwt(claims("ana", 5min));
    house.http.answer(200, R"({"access_token":"a2","token_type":"Bearer","expires_in":3600,"id_token":")" +
                               std::string(newer.reveal()) + R"("})");
    ASSERT_TRUE(house.requestWaits());
    EXPECT_EQ(asked()["subject_token"], newer.reveal());
    house.http.answer(200, jag);
    ASSERT_TRUE(house.requestWaits());
    house.http.answer(200, freshToken);
    EXPECT_TRUE(finished(ran));
}

TEST_F(EnterpriseGrantTest, P11_ARefreshThatBringsNoIdTokenAsksForASignInThere) {
    signIn("ana", jwt(claims("ana", 5min)));
    house.clock.advance(6min);
    const auto ran = begin();
    ASSERT_TRUE(house.requestWaits());
    house.http.answer(200, R"({"access_token":"a2","token_type":"Bearer","expires_in":3600})");
    const Error error = finished(ran).error();
    EXPECT_EQ(error.code, ErrorCode::SignInAgain);
    EXPECT_EQ(at(error, "provider"), "corp") << "not the server that the tokens are for";
    EXPECT_NE(error.action.find("keybearer login corp"), std::string::npos);
    EXPECT_TRUE(house.http.idle());
}

TEST_F(EnterpriseGrantTest, P11_WithoutASignInThereThePersonIsSentThere) {
    const Error error = finished(begin()).error();
    EXPECT_EQ(error.code, ErrorCode::AuthorizationRequired);
    EXPECT_EQ(at(error, "provider"), "corp");
    EXPECT_TRUE(house.http.idle());
}

TEST_F(EnterpriseGrantTest, ASignInWithoutAnIdTokenSaysWhichScopeIsMissing) {
    signIn("ana", {}, "");
    const Error error = finished(begin()).error();
    EXPECT_EQ(error.code, ErrorCode::SignInAgain);
    EXPECT_NE(error.action.find("--scope openid"), std::string::npos);
}

TEST_F(EnterpriseGrantTest, P11_AnIdTokenThatTheProviderRefusesIsNotTriedAgain) {
    signIn("ana", jwt(claims("ana", 1h)));
    const auto ran = begin();
    ASSERT_TRUE(house.requestWaits());
    house.http.answer(400, R"({"error":"invalid_grant"})");
    const Error error = finished(ran).error();
    EXPECT_EQ(error.code, ErrorCode::SignInAgain);
    EXPECT_EQ(at(error, "provider"), "corp");
    EXPECT_EQ(house.http.sent, 1);
}

TEST_F(EnterpriseGrantTest, SEC_C_23_AnotherPersonThereDoesNotBecomeThisOneHere) {
    signIn("bob", jwt(claims("bob", 1h)), "");
    subject = "ana";
    EXPECT_EQ(finished(begin()).error().code, ErrorCode::SignInAgain);
    EXPECT_TRUE(house.http.idle()) << "his ID token stayed here";
}

TEST_F(EnterpriseGrantTest, OfSeveralPeopleTheNamedOneIsMeant) {
    signIn("ana", jwt(claims("ana", 1h)));
    const Secret his = jwt(claims("bob", 1h));
    signIn("bob", his.clone());
    EXPECT_EQ(finished(begin()).error().code, ErrorCode::InvalidParams);
    account = "bob@example.com";
    const auto ran = begin();
    ASSERT_TRUE(house.requestWaits());
    EXPECT_EQ(asked()["subject_token"], his.reveal());
}

TEST_F(EnterpriseGrantTest, P11_AFileVouchesForThePerson) {
    const Secret idToken = jwt(claims("ana", 1h));
    source = {"", QUrl(QStringLiteral("https://idp.example/t")), "us-there", {}, write(idToken, "\n"), {}};
    source.issuer = "https://login.example.com";
    const auto ran = begin();
    ASSERT_TRUE(house.requestWaits());
    EXPECT_EQ(askedAt(), "https://idp.example/t");
    EXPECT_EQ(asked()["subject_token"], idToken.reveal());
    EXPECT_EQ(asked()["client_id"], "us-there");
}

TEST_F(EnterpriseGrantTest, AFileThatCannotVouchSaysWhy) {
    source = {"", QUrl(QStringLiteral("https://idp.example/t")), "us-there", {}, "/nowhere/at-all", {}};
    EXPECT_EQ(finished(begin()).error().code, ErrorCode::NotConfigured);
    source.idTokenFile = write(Secret::copyOf("not a token"));
    EXPECT_EQ(finished(begin()).error().code, ErrorCode::NotConfigured);
    source.idTokenFile = write(jwt(claims("ana", -1h)));
    EXPECT_NE(finished(begin()).error().message.find("expired"), std::string::npos);
    source.idTokenFile = write(jwt(claims("ana", 1h)));
    source.issuer = "https://elsewhere.example";
    EXPECT_EQ(finished(begin()).error().code, ErrorCode::NotConfigured);
    EXPECT_TRUE(house.http.idle());
}

TEST_F(EnterpriseGrantTest, CancellingItWhileTheStoreOrTheNetworkIsAwaitedIsSafe) {
    signIn("ana", jwt(claims("ana", 1h)));
    begin()->grant.reset();
    const auto ran = begin();
    ASSERT_TRUE(house.requestWaits());
    ran->grant.reset();
    house.http.answer(200, jag);
    EXPECT_FALSE(ran->done);
}

} // namespace
} // namespace keybearer
