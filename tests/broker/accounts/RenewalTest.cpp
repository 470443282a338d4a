#include "tests/broker/accounts/RotationHouse.h"

#include "broker/accounts/SessionRevocation.h"
#include "broker/oauth/SigningKey.h"

namespace keybearer {
namespace {

using namespace std::chrono_literals;

class RenewalTest : public ::testing::Test {
protected:
    void SetUp() override { house.open(); }

    std::string adopt(CredentialKind kind, const std::string& provider = "corp", Secret serviceKey = {}) {
        TokenSet tokens;
        tokens.accessToken = AccessToken(Secret::copyOf("at-1"));
        tokens.tokenType = "Bearer";
        tokens.expiresIn = 3600s;
        tokens.receivedAt = house.clock.wall();
        AccountRegistry::SignedIn who;
        who.provider = provider;
        who.providerName = "Corp";
        who.issuer = "https://login.example.com";
        who.account = {"robot", "robot"};
        who.askedScopes = {"read", "write"};
        who.kind = kind;
        who.serviceKey = std::move(serviceKey);
        const Result<std::string> id = house.registry.adopt(std::move(who), std::move(tokens));
        EXPECT_TRUE(id);
        return id.value_or("");
    }
    static Secret keyFile() {
        const Secret pem = SigningKey::generate()->pem();
        Json file{{"issuer", "robot@corp"}, {"private_key", std::string(pem.reveal())}};
        return Secret::copyOf(dumpJson(file));
    }
    [[nodiscard]] std::string sentBody() const { return house.http.waiting.front().body; }

    RotationHouse::Disk disk;
    RotationHouse house{disk};
};

const char* const newToken = R"({"access_token":"at-2","token_type":"Bearer","expires_in":3600})";

TEST_F(RenewalTest, P6_OurClientItselfAsksForANewToken) {
    const std::string id = adopt(CredentialKind::ClientCredentials, "robots");
    EXPECT_TRUE(house.registry.find(id)->record.refreshable);
    const auto outcome = house.refresh(id);
    ASSERT_TRUE(house.requestWaits());
    EXPECT_NE(sentBody().find("grant_type=client_credentials"), std::string::npos) << sentBody();
    EXPECT_NE(sentBody().find("scope=read+write"), std::string::npos) << sentBody();
    house.http.answer(200, newToken);
    ASSERT_TRUE(spinUntil([&] { return outcome->done; }));
    EXPECT_TRUE(outcome->result);
    EXPECT_EQ(house.secrets(id).accessToken.reveal(), "at-2");
}

TEST_F(RenewalTest, P6_AClientThatCannotProveItselfAsksNothing) {
    const std::string id = adopt(CredentialKind::ClientCredentials, "corp");
    const auto outcome = house.refresh(id);
    ASSERT_TRUE(spinUntil([&] { return outcome->done; }));
    EXPECT_EQ(outcome->result.error().code, ErrorCode::NotConfigured);
    EXPECT_TRUE(house.http.idle());
}

TEST_F(RenewalTest, P7_AServiceAccountSignsANewAssertion) {
    const std::string id = adopt(CredentialKind::JwtBearer, "corp", keyFile());
    const auto outcome = house.refresh(id);
    ASSERT_TRUE(house.requestWaits());
    EXPECT_NE(sentBody().find("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer"),
              std::string::npos)
        << sentBody();
    EXPECT_NE(sentBody().find("scope=read+write"), std::string::npos) << sentBody();
    EXPECT_EQ(house.journal.intents, 0) << "nothing is used up, so nothing can be lost";
    house.http.answer(200, newToken);
    ASSERT_TRUE(spinUntil([&] { return outcome->done; }));
    EXPECT_TRUE(outcome->result);
    EXPECT_EQ(house.secrets(id).accessToken.reveal(), "at-2");
    EXPECT_FALSE(house.secrets(id).serviceKey.empty()) << "the key stays for the next time";
    EXPECT_EQ(house.registry.find(id)->record.scopes, (std::vector<std::string>{"read", "write"}));
}

TEST_F(RenewalTest, P7_AServiceAccountIsRenewedInTheBackground) {
    const std::string id = adopt(CredentialKind::JwtBearer, "corp", keyFile());
    house.clock.advance(2800s);
    house.registry.setProblem(id, "look again"); // any change makes it look at the clock
    ASSERT_TRUE(house.requestWaits());
}

TEST_F(RenewalTest, AnAnswerThatNeverCameLosesNothingOfAServiceAccount) {
    const std::string id = adopt(CredentialKind::JwtBearer, "corp", keyFile());
    house.clock.advance(3601s);
    const auto outcome = house.refresh(id);
    ASSERT_TRUE(house.requestWaits());
    house.http.fail(Error(ErrorCode::ProviderUnavailable, "cut off").with("sent", true));
    for (int i = 0; i < 2; ++i) {
        ASSERT_TRUE(house.requestWaits());
        house.http.answer(400, R"({"error":"invalid_grant"})");
    }
    ASSERT_TRUE(spinUntil([&] { return outcome->done; }));
    EXPECT_EQ(std::get<std::string>(*outcome->result.error().detail("reason")), "revoked");
}

TEST_F(RenewalTest, P8_AnExpiredApiKeySaysHowToReplaceIt) {
    const auto id = house.registry.addApiKey("weather", {}, Secret::copyOf("k"), house.clock.wall() + 60s);
    ASSERT_TRUE(id);
    house.clock.advance(61s);
    const auto outcome = house.refresh(*id);
    ASSERT_TRUE(spinUntil([&] { return outcome->done; }));
    EXPECT_EQ(outcome->result.error().code, ErrorCode::SignInAgain);
    EXPECT_NE(outcome->result.error().action.find("apikey rotate weather"), std::string::npos);
    EXPECT_TRUE(house.http.idle());
}

TEST_F(RenewalTest, P8_RemovingAnApiKeyAsksNoProvider) {
    const auto id = house.registry.addApiKey("weather", {}, Secret::copyOf("k"), std::nullopt);
    ASSERT_TRUE(id);
    bool done = false;
    SessionRevocation revocation(house.registry, house.directory, house.http, *id, false,
                                 [&](const Result<SessionRevocation::Outcome>& outcome) {
                                     done = true;
                                     EXPECT_FALSE(outcome->revokedAtProvider);
                                     EXPECT_FALSE(outcome->problem.empty());
                                 });
    revocation.start();
    ASSERT_TRUE(spinUntil([&] { return done; }));
    EXPECT_EQ(house.registry.find(*id), nullptr);
    EXPECT_TRUE(house.http.idle());
}

} // namespace
} // namespace keybearer
