#include "tests/broker/stores/state/StateFixture.h"

#include <fstream>

namespace keybearer {
namespace {

class StateDatabaseTest : public StateFixture {};

TEST_F(StateDatabaseTest, T7_AFileOfTheFirstVersionIsUpgraded) {
    {
        const auto state = open();
        ASSERT_TRUE(state->putRecord(record("s_1")));
    }
    {
        auto database = Database::open(path, Database::Durability::Full);
        ASSERT_TRUE(database);
        ASSERT_TRUE((*database)->execute(
            "ALTER TABLE credentials DROP COLUMN more; DROP TABLE store_items; "
            "ALTER TABLE consents DROP COLUMN more; DROP TABLE clients; DROP TABLE "
            "servers; DROP TABLE registrations; DROP TABLE tool_services; DROP TABLE tools; DROP TABLE "
            "tool_definitions; DROP TABLE local_clients; DROP TABLE local_grants; DROP TABLE local_keys; "
            "DELETE FROM meta WHERE key = 'row_key'; "
            "PRAGMA user_version = 1"));
    }
    const auto records = open()->loadRecords();
    ASSERT_TRUE(records);
    ASSERT_EQ(records->size(), 1U);
    EXPECT_EQ((*records)[0].id, "s_1");
    EXPECT_EQ((*records)[0].kind, CredentialKind::SignIn);
    EXPECT_TRUE(open()->loadLocalGrants()->empty());
}

TEST_F(StateDatabaseTest, ANewerSchemaIsRefusedAndLeftAlone) {
    static_cast<void>(open());
    {
        auto raw = Database::open(path, Database::Durability::Full);
        ASSERT_TRUE((*raw)->execute("PRAGMA user_version = 99"));
    }
    const auto content = [this] {
        std::ifstream stream(path, std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
    };
    const std::string before = content();
    const auto refused = StateDatabase::open(path);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::StoreUnavailable);
    EXPECT_NE(refused.error().message.find("newer"), std::string::npos);
    EXPECT_NE(refused.error().message.find("format 99"), std::string::npos);
    EXPECT_EQ(content(), before);
}

TEST_F(StateDatabaseTest, AFileThatIsNoDatabaseIsRefusedAndLeftAlone) {
    std::ofstream(path) << "this is not a database, and it is long enough to be looked at as one ...";
    const auto refused = StateDatabase::open(path);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::StoreUnavailable);
    EXPECT_GT(std::filesystem::file_size(path), 10U);
}

TEST_F(StateDatabaseTest, T12_NoSecretLiesInTheFileInClear) {
    const auto state = open();
    ASSERT_TRUE(state->open(Secret::random(32)));
    ASSERT_TRUE(
        state->intend("s_1", {3, "a", WallTime{}, false}, RefreshToken(Secret::copyOf("rt-canary-intent"))));
    ASSERT_TRUE(state->commit("s_1", secrets(4)));
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(directory)) {
        std::ifstream stream(entry.path(), std::ios::binary);
        const std::string content((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
        EXPECT_EQ(content.find("canary"), std::string::npos) << entry.path();
        ++files;
    }
    EXPECT_GE(files, 1);
}

TEST_F(StateDatabaseTest, WhatIsRememberedOfAStoreSurvivesARestart) {
    {
        const auto state = open();
        ASSERT_TRUE(state->expectGeneration("file-1", "s_one", 3));
        ASSERT_TRUE(state->expectGeneration("file-1", "s_one", 4));
        ASSERT_TRUE(state->expectGeneration("file-1", "s_two", 1));
        ASSERT_TRUE(state->expectGeneration("file-2", "s_one", 9));
        ASSERT_TRUE(state->expectNothing("file-1", "s_two"));
        ASSERT_TRUE(state->remember("store_place", "file"));
        ASSERT_TRUE(state->remember("store_move", "keychain file"));
        ASSERT_TRUE(state->remember("store_move", ""));
    }
    const auto state = open();
    EXPECT_EQ(*state->expectedGenerations("file-1"), (std::map<std::string, std::uint64_t>{{"s_one", 4}}));
    EXPECT_EQ(state->expectedGenerations("file-2")->at("s_one"), 9U);
    EXPECT_EQ(*state->recall("store_place"), "file");
    EXPECT_EQ(*state->recall("store_move"), "");
    ASSERT_TRUE(state->forgetStore("file-1"));
    EXPECT_TRUE(state->expectedGenerations("file-1")->empty());
}

} // namespace
} // namespace keybearer
