#include "tests/broker/stores/state/StateFixture.h"

namespace keybearer {
namespace {

class StateIndexTest : public StateFixture {};

TEST_F(StateIndexTest, T7_RecordsSurviveARestart) {
    {
        const auto state = open();
        ASSERT_TRUE(state->putRecord(record("s_1")));
        CredentialRecord second = record("s_2");
        second.resource = "https://mcp.example/mcp";
        second.accessExpiresAt.reset();
        second.needsSignIn = true;
        second.reason = "revoked";
        ASSERT_TRUE(state->putRecord(second));
    }
    const auto records = open()->loadRecords();
    ASSERT_TRUE(records);
    ASSERT_EQ(records->size(), 2U);
    EXPECT_EQ((*records)[0].account.label, "ana@example.com");
    EXPECT_EQ((*records)[0].scopes, (std::vector<std::string>{"repo", "user:email"}));
    EXPECT_EQ((*records)[0].accessExpiresAt, record("x").accessExpiresAt);
    EXPECT_FALSE((*records)[0].resource);
    EXPECT_EQ((*records)[1].resource, "https://mcp.example/mcp");
    EXPECT_FALSE((*records)[1].accessExpiresAt);
    EXPECT_TRUE((*records)[1].needsSignIn);
}

TEST_F(StateIndexTest, WhatOnlySomeKindsHaveSurvivesARestart) {
    {
        const auto state = open();
        CredentialRecord key = record("s_key");
        key.kind = CredentialKind::ApiKey;
        key.apiKey = {"X-Api-Key: {key}", "for the build machine", false, false};
        ASSERT_TRUE(state->putRecord(key));
        CredentialRecord robot = record("s_robot");
        robot.kind = CredentialKind::JwtBearer;
        robot.assertionSubject = "ana@example.com";
        robot.refreshExpiresAt = WallTime(std::chrono::milliseconds(1'900'000'999'000));
        ASSERT_TRUE(state->putRecord(robot));
    }
    const auto records = open()->loadRecords();
    ASSERT_TRUE(records);
    ASSERT_EQ(records->size(), 2U);
    const CredentialRecord& key = (*records)[0];
    EXPECT_EQ(key.kind, CredentialKind::ApiKey);
    EXPECT_EQ(key.apiKey.header, "X-Api-Key: {key}");
    EXPECT_EQ(key.apiKey.description, "for the build machine");
    EXPECT_FALSE(key.apiKey.active);
    EXPECT_FALSE(key.apiKey.exportable);
    const CredentialRecord& robot = (*records)[1];
    EXPECT_EQ(robot.kind, CredentialKind::JwtBearer);
    EXPECT_EQ(robot.assertionSubject, "ana@example.com");
    EXPECT_EQ(robot.refreshExpiresAt, WallTime(std::chrono::milliseconds(1'900'000'999'000)));
}

} // namespace
} // namespace keybearer
