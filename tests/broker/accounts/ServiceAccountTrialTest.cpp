#include "broker/accounts/ServiceAccountTrial.h"

#include "broker/base/Json.h"
#include "tests/broker/accounts/RotationHouse.h"
#include "tests/broker/oauth/TestKeys.h"

namespace keybearer {
namespace {

class ServiceAccountTrialTest : public ::testing::Test {
protected:
    static std::string keyFile() {
        static const std::string file =
            Json{{"issuer", "robot@example.com"}, {"private_key", test::ecPem()}}.dump();
        return file;
    }
    void begin(const std::string& text, const std::string& provider = "corp",
               const std::string& subject = {}) {
        ServiceAccountTrial::Wish wish{provider, Secret::copyOf(text), subject, {}, {}};
        trial = std::make_unique<ServiceAccountTrial>(
            ServiceAccountTrial::Rooms{house.catalog, house.directory, house.registry, house.http,
                                       house.clock},
            std::move(wish), [this](Result<std::string> id) { outcome = std::move(id); });
        trial->start();
        EXPECT_FALSE(outcome) << "inside the call";
    }
    bool ended() {
        return spinUntil([this] { return outcome.has_value(); });
    }

    RotationHouse::Disk disk;
    RotationHouse house{disk};
    std::unique_ptr<ServiceAccountTrial> trial;
    std::optional<Result<std::string>> outcome;
};

TEST_F(ServiceAccountTrialTest, P7_AKeyThatWorksIsStored) {
    begin(keyFile(), "corp", "ana@example.com");
    ASSERT_TRUE(house.requestWaits());
    EXPECT_TRUE(house.registry.all().empty()) << "before the answer";
    EXPECT_NE(house.http.waiting.front().body.find("grant-type%3Ajwt-bearer"), std::string::npos);
    house.http.answer(200, RotationHouse::tokenJson("at-1", "rt-1"));
    ASSERT_TRUE(ended());
    ASSERT_TRUE(*outcome) << outcome->error().message;
    const Credential* credential = house.registry.find(**outcome);
    ASSERT_NE(credential, nullptr);
    EXPECT_EQ(credential->record.kind, CredentialKind::JwtBearer);
    EXPECT_EQ(credential->record.assertionSubject, "ana@example.com");
    EXPECT_EQ(credential->record.account.subject, "robot@example.com for ana@example.com");
    EXPECT_TRUE(credential->record.refreshable);
    EXPECT_EQ(house.secrets(**outcome).serviceKey.reveal(), keyFile());
    EXPECT_TRUE(house.secrets(**outcome).refreshToken.empty());
}

TEST_F(ServiceAccountTrialTest, P7_AKeyThatTheServerRefusesIsNotStored) {
    begin(keyFile());
    ASSERT_TRUE(house.requestWaits());
    house.http.answer(400, R"({"error":"invalid_grant","error_description":"Invalid JWT Signature."})");
    ASSERT_TRUE(ended());
    ASSERT_FALSE(*outcome);
    EXPECT_EQ(outcome->error().code, ErrorCode::ProviderError);
    EXPECT_NE(outcome->error().action.find("nothing was stored"), std::string::npos);
    EXPECT_TRUE(house.registry.all().empty());
}

TEST_F(ServiceAccountTrialTest, P7_AServerThatIsAwayStoresNothingEither) {
    begin(keyFile());
    ASSERT_TRUE(house.requestWaits());
    house.http.answer(503, "busy");
    ASSERT_TRUE(ended());
    EXPECT_EQ(outcome->error().code, ErrorCode::ProviderUnavailable);
    EXPECT_TRUE(house.registry.all().empty());
}

TEST_F(ServiceAccountTrialTest, P7_AFileThatIsNoKeyIsNotSentAnywhere) {
    begin("{}");
    ASSERT_TRUE(ended());
    EXPECT_EQ(outcome->error().code, ErrorCode::InvalidParams);
    EXPECT_EQ(house.http.sent, 0);
}

TEST_F(ServiceAccountTrialTest, P7_AnUnknownProviderIsNamed) {
    begin(keyFile(), "gogle");
    ASSERT_TRUE(ended());
    EXPECT_EQ(std::get<std::string>(*outcome->error().detail("did_you_mean")), "google");
}

TEST_F(ServiceAccountTrialTest, DestroyedTrialStoresNothing) {
    begin(keyFile());
    ASSERT_TRUE(house.requestWaits());
    trial.reset();
    house.http.answer(200, RotationHouse::tokenJson("at-1", "rt-1"));
    spinOnce();
    EXPECT_TRUE(house.registry.all().empty());
}

} // namespace
} // namespace keybearer
