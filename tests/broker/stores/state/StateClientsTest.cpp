#include "tests/broker/stores/state/StateFixture.h"

namespace keybearer {
namespace {

RegisteredClient registered(const std::string& name) {
    RegisteredClient client;
    client.id = "k_" + name;
    client.name = name;
    client.owner = "ana";
    client.description = "builds \"nightly\"";
    client.allowed = {"github", "apikey:npm"};
    client.role = Role::User;
    client.active = false;
    client.createdAt = WallTime(std::chrono::milliseconds(1'900'000'123'456));
    client.expiresAt = client.createdAt + std::chrono::hours(24);
    client.lastUsedAt = client.createdAt;
    client.uses = 7;
    client.keyHash = std::string(32, '\0');
    client.keyEnds = "x7Qa";
    client.keyNumber = 3;
    client.oldKeyHash = std::string(32, '\x7f');
    client.oldKeyUntil = client.createdAt;
    return client;
}

void change(const std::filesystem::path& path, const char* sql) {
    auto database = Database::open(path, Database::Durability::Full);
    ASSERT_TRUE(database);
    ASSERT_TRUE((*database)->execute(sql));
}

class StateClientsTest : public StateFixture {};

TEST_F(StateClientsTest, RegisteredClientSurvivesARestart) {
    const RegisteredClient before = registered("ci");
    ASSERT_TRUE(open()->putClient(before));
    const auto clients = open()->loadClients();
    ASSERT_TRUE(clients);
    ASSERT_EQ(clients->size(), 1U);
    const RegisteredClient& after = clients->front();
    EXPECT_EQ(after.id, before.id);
    EXPECT_EQ(after.name, before.name);
    EXPECT_EQ(after.owner, before.owner);
    EXPECT_EQ(after.description, before.description);
    EXPECT_EQ(after.allowed, before.allowed);
    EXPECT_EQ(after.role, before.role);
    EXPECT_EQ(after.active, before.active);
    EXPECT_EQ(after.createdAt, before.createdAt);
    EXPECT_EQ(after.expiresAt, before.expiresAt);
    EXPECT_EQ(after.rotatedAt, before.rotatedAt);
    EXPECT_EQ(after.lastUsedAt, before.lastUsedAt);
    EXPECT_EQ(after.uses, before.uses);
    EXPECT_EQ(after.keyHash, before.keyHash);
    EXPECT_EQ(after.keyEnds, before.keyEnds);
    EXPECT_EQ(after.keyNumber, before.keyNumber);
    EXPECT_EQ(after.oldKeyHash, before.oldKeyHash);
    EXPECT_EQ(after.oldKeyUntil, before.oldKeyUntil);
    ASSERT_TRUE(open()->removeClient(before.id));
    EXPECT_TRUE(open()->loadClients()->empty());
}

TEST_F(StateClientsTest, T_35_RegisteredClientThatSomebodyElseChangedIsUnknown) {
    for (const char* sql :
         {"UPDATE clients SET key_hash = zeroblob(32)", "UPDATE clients SET name = 'other'",
          "UPDATE clients SET id = 'k_other'", "UPDATE clients SET more = replace(more, 'user', 'admin')",
          "UPDATE clients SET more = replace(more, 'false', 'true')", "UPDATE clients SET more = '{}'",
          "UPDATE clients SET more = 'x'", "UPDATE clients SET key_hash = x'00'"}) {
        RegisteredClient client = registered("ci");
        client.keyHash = std::string(32, 'h');
        ASSERT_TRUE(open()->putClient(client));
        ASSERT_EQ(open()->loadClients()->size(), 1U);
        change(path, sql);
        const auto loaded = open()->loadClients();
        ASSERT_TRUE(loaded) << sql;
        EXPECT_TRUE(loaded->empty()) << sql;
        change(path, "DELETE FROM clients");
    }
}

} // namespace
} // namespace keybearer
