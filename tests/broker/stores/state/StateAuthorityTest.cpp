#include "tests/broker/stores/state/StateFixture.h"

namespace keybearer {
namespace {

class StateAuthorityTest : public StateFixture {};

TEST_F(StateAuthorityTest, SEC_S_20_ClientsAndGrantsOutliveARestartAndNoChangeByOthers) {
    {
        const auto state = open();
        LocalClient client;
        client.id = "kbl_1";
        client.name = "Test";
        client.service = "notes";
        client.redirectUris = {"http://localhost/cb"};
        client.lastUsedAt = WallTime(std::chrono::seconds(7));
        ASSERT_TRUE(state->putLocalClient(client));
        client.id = "kbl_2";
        ASSERT_TRUE(state->putLocalClient(client));
        LocalGrant grant;
        grant.id = "g_1";
        grant.clientId = "kbl_1";
        grant.generation = 5;
        grant.scopes = {"notes"};
        ASSERT_TRUE(state->putLocalGrant(grant));
        grant.generation = 6;
        ASSERT_TRUE(state->putLocalGrant(grant));
    }
    {
        auto database = Database::open(path, Database::Durability::Full);
        ASSERT_TRUE(
            (*database)->execute("UPDATE local_clients SET more = replace(more, 'localhost', 'evil.example') "
                                 "WHERE id = 'kbl_2'"));
    }
    const auto state = open();
    const auto clients = state->loadLocalClients();
    ASSERT_TRUE(clients);
    ASSERT_EQ(clients->size(), 1U) << "the one that was changed is none";
    EXPECT_EQ(clients->front().redirectUris, std::vector<std::string>{"http://localhost/cb"});
    EXPECT_EQ(clients->front().lastUsedAt, WallTime(std::chrono::seconds(7)));
    const auto grants = state->loadLocalGrants();
    ASSERT_EQ(grants->size(), 1U);
    EXPECT_EQ(grants->front().generation, 6U);
    EXPECT_TRUE(grants->front().refreshable);
    ASSERT_TRUE(state->removeLocalGrant("g_1"));
    EXPECT_TRUE(state->loadLocalGrants()->empty());
}

TEST_F(StateAuthorityTest, SEC_S_27_SecretPartsOfKeysAreSealedWithTheStore) {
    const auto state = open();
    const LocalKey key{"k1", Json{{"kty", "EC"}}, WallTime(std::chrono::seconds(1)), std::nullopt};
    EXPECT_EQ(state->putLocalKey(key, Secret::copyOf("private")).error().code, ErrorCode::StoreLocked);
    ASSERT_TRUE(state->open(Secret::random(32)));
    ASSERT_TRUE(state->putLocalKey(key, Secret::copyOf("private")));
    LocalKey retired = key;
    retired.retiredAt = WallTime(std::chrono::seconds(2));
    ASSERT_TRUE(state->putLocalKey(retired, {}));
    EXPECT_TRUE(state->localKeySecret("k1")->equals("private")) << "kept, though the row was written again";
    const auto keys = state->loadLocalKeys();
    ASSERT_EQ(keys->size(), 1U);
    EXPECT_EQ(keys->front().retiredAt, retired.retiredAt);
    EXPECT_EQ(state->localKeySecret("k2").error().code, ErrorCode::NotFound);
    ASSERT_TRUE(state->open(Secret::random(32)));
    EXPECT_FALSE(state->localKeySecret("k1")) << "another store's";
    state->close();
    EXPECT_EQ(state->localKeySecret("k1").error().code, ErrorCode::StoreLocked);
}

} // namespace
} // namespace keybearer
