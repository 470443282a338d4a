#include "tests/broker/accounts/RotationHouse.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

class ApiKeysTest : public ::testing::Test {
protected:
    void SetUp() override { house.open(); }
    std::string add(const std::string& name, const std::string& value) {
        const auto id = house.registry.addApiKey(name, {}, Secret::copyOf(value), std::nullopt);
        EXPECT_TRUE(id);
        return id.value_or("");
    }
    std::string valueOf(const std::string& id) {
        const Credential* credential = house.registry.find(id);
        return credential == nullptr ? "" : std::string(credential->accessToken.open().reveal());
    }
    RotationHouse::Disk disk;
    RotationHouse house{disk};
};

TEST_F(ApiKeysTest, P8_AKeyIsKeptUnderItsName) {
    const std::string id = add("weather", "k-1");
    EXPECT_EQ(valueOf(id), "k-1");
    const auto selected = house.registry.select({apiKeyProvider, std::nullopt, "weather"});
    ASSERT_TRUE(selected);
    EXPECT_EQ((*selected)->record.id, id);
    EXPECT_FALSE((*selected)->record.refreshable);
}

TEST_F(ApiKeysTest, P8_ANameIsGivenOnce) {
    add("weather", "k-1");
    const auto again = house.registry.addApiKey("weather", {}, Secret::copyOf("k-2"), std::nullopt);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, ErrorCode::InvalidParams);
    EXPECT_NE(again.error().action.find("apikey rotate weather"), std::string::npos);
}

TEST_F(ApiKeysTest, P8_RotationReplacesTheValueAndKeepsTheTerms) {
    ApiKeyTerms terms;
    terms.header = "X-Api-Key: {key}";
    const auto id = house.registry.addApiKey("weather", terms, Secret::copyOf("k-1"), std::nullopt);
    ASSERT_TRUE(id);
    const WallTime expires = house.clock.wall() + std::chrono::hours(24);
    ASSERT_TRUE(house.registry.rotateApiKey(*id, Secret::copyOf("k-2"), expires));
    EXPECT_EQ(valueOf(*id), "k-2");
    const CredentialRecord& record = house.registry.find(*id)->record;
    EXPECT_EQ(record.apiKey.header, "X-Api-Key: {key}");
    EXPECT_EQ(record.generation, 2U);
    EXPECT_EQ(record.accessExpiresAt, expires);
}

TEST_F(ApiKeysTest, P8_SwitchingOffVoidsWhatWasPrepared) {
    const std::string id = add("weather", "k-1");
    const std::uint64_t epoch = house.registry.epoch();
    ApiKeyTerms terms = house.registry.find(id)->record.apiKey;
    terms.active = false;
    ASSERT_TRUE(house.registry.setApiKeyTerms(id, terms));
    EXPECT_FALSE(house.registry.find(id)->record.apiKey.active);
    EXPECT_NE(house.registry.epoch(), epoch);
}

TEST_F(ApiKeysTest, OnlyAnApiKeyIsRotatedByHand) {
    const std::string id = house.signIn("ana");
    EXPECT_FALSE(house.registry.rotateApiKey(id, Secret::copyOf("k"), std::nullopt));
    EXPECT_FALSE(house.registry.setApiKeyTerms(id, {}));
}

} // namespace
} // namespace keybearer
