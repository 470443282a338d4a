#include "broker/stores/state/StateDatabase.h"

#include "broker/base/Random.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sys/wait.h>
#include <unistd.h>

namespace keybearer {
namespace {

class StateDatabaseTest : public ::testing::Test {
protected:
    void SetUp() override {
        char pattern[] = "/tmp/kbstate-XXXXXX";
        directory = ::mkdtemp(pattern);
        path = directory / "state.sqlite";
    }
    void TearDown() override { std::filesystem::remove_all(directory); }

    std::unique_ptr<StateDatabase> open() const {
        auto opened = StateDatabase::open(path);
        EXPECT_TRUE(opened) << (opened ? "" : opened.error().message);
        return std::move(*opened);
    }
    static CredentialRecord record(const std::string& id) {
        CredentialRecord out;
        out.id = id;
        out.provider = "github";
        out.issuer = "https://github.com";
        out.account = {"42", "ana@example.com"};
        out.scopes = {"repo", "user:email"};
        out.generation = 3;
        out.accessExpiresAt = WallTime(std::chrono::milliseconds(1'900'000'123'456));
        out.refreshable = true;
        out.lastUsedBy = "/usr/bin/node";
        return out;
    }
    static CredentialSecrets secrets(std::uint64_t generation) {
        CredentialSecrets out;
        out.generation = generation;
        out.accessToken = AccessToken(Secret::copyOf("at-canary-" + std::to_string(generation)));
        out.tokenType = "Bearer";
        out.refreshToken = RefreshToken(Secret::copyOf("rt-canary-" + std::to_string(generation)));
        return out;
    }
    std::filesystem::path directory;
    std::filesystem::path path;
};

TEST_F(StateDatabaseTest, WhatOnlySomeKindsHaveSurvivesARestart) {
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

TEST_F(StateDatabaseTest, SEC_S_20_ClientsAndGrantsOutliveARestartAndNoChangeByOthers) {
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

TEST_F(StateDatabaseTest, SEC_S_27_SecretPartsOfKeysAreSealedWithTheStore) {
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

TEST_F(StateDatabaseTest, T7_RecordsSurviveARestart) {
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

TEST_F(StateDatabaseTest, WithoutItsKeyTheJournalRefuses) {
    const auto state = open();
    EXPECT_EQ(state->commit("s_1", secrets(1)).error().code, ErrorCode::StoreLocked);
    EXPECT_EQ(state->intend("s_1", {}, RefreshToken(Secret::copyOf("x"))).error().code,
              ErrorCode::StoreLocked);
    EXPECT_EQ(state->open(Secret::random(16)).error().code, ErrorCode::StoreUnavailable);
}

TEST_F(StateDatabaseTest, ACommitReplacesItsIntentAndSurvives) {
    const Secret key = Secret::random(32);
    {
        const auto state = open();
        ASSERT_TRUE(state->open(key));
        ASSERT_TRUE(state->intend("s_1", {3, "a", WallTime{}, false}, RefreshToken(Secret::copyOf("rt"))));
        EXPECT_TRUE(state->pending()->at("s_1").intent);
        ASSERT_TRUE(state->commit("s_1", secrets(4)));
    }
    const auto state = open();
    ASSERT_TRUE(state->open(key));
    const auto pending = state->pending();
    ASSERT_TRUE(pending);
    EXPECT_FALSE(pending->at("s_1").intent);
    ASSERT_TRUE(pending->at("s_1").commit);
    EXPECT_EQ(pending->at("s_1").commit->refreshToken.reveal(), "rt-canary-4");
    ASSERT_TRUE(state->clearCommit("s_1", 3));
    EXPECT_EQ(state->pending()->size(), 1U) << "an older item must not clear a newer commit";
    ASSERT_TRUE(state->clearCommit("s_1", 4));
    EXPECT_TRUE(state->pending()->empty());
}

TEST_F(StateDatabaseTest, AnIntentKeepsTheCommitBeforeIt) {
    const auto state = open();
    ASSERT_TRUE(state->open(Secret::random(32)));
    ASSERT_TRUE(state->commit("s_1", secrets(4)));
    ASSERT_TRUE(state->intend("s_1", {4, "a", WallTime{}, true}, RefreshToken(Secret::copyOf("rt"))));
    const auto pending = state->pending();
    EXPECT_TRUE(pending->at("s_1").commit);
    ASSERT_TRUE(pending->at("s_1").intent);
    EXPECT_TRUE(pending->at("s_1").intent->ambiguous);
}

TEST_F(StateDatabaseTest, T38_WhatWasCommittedSurvivesAKill) {
    const Secret key = Secret::random(32);
    static_cast<void>(open());
    const pid_t child = ::fork();
    if (child == 0) {
        auto state = StateDatabase::open(path);
        if (!state || !(*state)->open(key) || !(*state)->commit("s_1", secrets(9)))
            ::_exit(1);
        ::kill(::getpid(), SIGKILL);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status));
    const auto state = open();
    ASSERT_TRUE(state->open(key));
    EXPECT_EQ(state->pending()->at("s_1").commit->generation, 9U);
}

TEST_F(StateDatabaseTest, T35_ADamagedCommitIsMarkedAndKept) {
    const Secret key = Secret::random(32);
    const auto state = open();
    ASSERT_TRUE(state->open(key));
    ASSERT_TRUE(state->commit("s_1", secrets(4)));
    ASSERT_TRUE(state->commit("s_2", secrets(4)));
    {
        auto raw = Database::open(path, Database::Durability::Full);
        ASSERT_TRUE(
            (*raw)->execute("UPDATE commits SET sealed = (SELECT sealed FROM commits WHERE id = 's_2') "
                            "WHERE id = 's_1'"));
    }
    const auto pending = state->pending();
    EXPECT_TRUE(pending->at("s_1").damaged) << "a swapped record was believed";
    EXPECT_FALSE(pending->at("s_1").commit);
    EXPECT_TRUE(pending->at("s_2").commit);
    EXPECT_EQ(state->pending()->size(), 2U);
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

Consent lastingConsent() {
    Consent consent;
    consent.id = "c_1";
    consent.evidence.identity = IdentityClass::Native;
    consent.evidence.executable = "/usr/bin/git";
    consent.evidence.executableHash = "aa11";
    consent.evidence.systemOwned = true;
    consent.evidence.unit = "app-git.scope";
    consent.evidence.signer = "Debian";
    consent.subject = {"github", "GitHub", "ana", "s_1", {"repo"}};
    consent.subject.issuer = "https://github.com";
    consent.subject.resource = "https://api.github.com";
    consent.subject.purpose = ConsentPurpose::Proxy;
    consent.span = ConsentSpan::ThirtyDays;
    consent.grantedAt = WallTime(std::chrono::milliseconds(1'890'000'123'456));
    consent.expiresAt = WallTime(std::chrono::milliseconds(1'900'000'123'456));
    consent.lastUsedAt = WallTime(std::chrono::milliseconds(1'891'000'123'456));
    consent.updatedAt = WallTime(std::chrono::milliseconds(1'891'000'000'000));
    consent.uses = 5;
    consent.promptHash = "beef";
    consent.policyVersion = "v1";
    return consent;
}

TEST_F(StateDatabaseTest, R9_LastingConsentsSurviveARestart) {
    const Consent consent = lastingConsent();
    ASSERT_TRUE(open()->putConsent(consent));
    const auto loaded = open()->loadConsents();
    ASSERT_TRUE(loaded);
    EXPECT_TRUE(loaded->refused.empty());
    ASSERT_EQ(loaded->consents.size(), 1U);
    const Consent& back = loaded->consents.front();
    EXPECT_EQ(back.evidence, consent.evidence);
    EXPECT_TRUE(covers(back.subject, consent.subject));
    EXPECT_EQ(back.subject.purpose, ConsentPurpose::Proxy);
    EXPECT_EQ(back.span, consent.span);
    EXPECT_EQ(back.grantedAt, consent.grantedAt);
    EXPECT_EQ(back.expiresAt, consent.expiresAt);
    EXPECT_EQ(back.lastUsedAt, consent.lastUsedAt);
    EXPECT_EQ(back.updatedAt, consent.updatedAt);
    EXPECT_EQ(back.uses, 5);
    EXPECT_EQ(back.promptHash, "beef");
    EXPECT_EQ(back.policyVersion, "v1");
    ASSERT_TRUE(open()->removeConsent("c_1"));
    EXPECT_TRUE(open()->loadConsents()->consents.empty());
}

TEST_F(StateDatabaseTest, R9_AConsentThatWasChangedFromOutsideDoesNotCount) {
    for (const char* change :
         {"executable = '/tmp/evil'", "script = 'x'", "started_by = 'x'", "provider = 'google'",
          "account = 'bob'", "session_id = 's_2'", "scopes = 'repo admin'", "granted_at = granted_at + 1",
          "expires_at = expires_at + 1", "last_used_at = 0", "uses = 4", "id = 'c_2'", "more = '{}'",
          "more = 'junk'", "more = replace(more, 'aa11', 'bb22')", "more = replace(more, 'proxy', 'sign')",
          "more = replace(more, '\"system_owned\":true', '\"system_owned\":false')"}) {
        std::filesystem::remove(path);
        ASSERT_TRUE(open()->putConsent(lastingConsent()));
        {
            auto database = Database::open(path, Database::Durability::Full);
            ASSERT_TRUE(database);
            ASSERT_TRUE((*database)->execute((std::string("UPDATE consents SET ") + change).c_str()));
        }
        const auto loaded = open()->loadConsents();
        ASSERT_TRUE(loaded);
        EXPECT_TRUE(loaded->consents.empty()) << change;
        EXPECT_EQ(loaded->refused.size(), 1U) << change;
    }
}

TEST_F(StateDatabaseTest, R9_AConsentOfAnotherDatabaseDoesNotCount) {
    const std::filesystem::path other = path.string() + ".other";
    ASSERT_TRUE((*StateDatabase::open(other))->putConsent(lastingConsent()));
    static_cast<void>(open());
    {
        auto database = Database::open(path, Database::Durability::Full);
        ASSERT_TRUE(database);
        ASSERT_TRUE((*database)->execute(("ATTACH '" + other.string() +
                                          "' AS other; INSERT INTO consents "
                                          "SELECT * FROM other.consents")
                                             .c_str()));
    }
    EXPECT_EQ(open()->loadConsents()->refused, std::vector<std::string>{"c_1"});
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

ToolRecord toolNamed(const std::string& name) {
    ToolVersion version;
    version.fingerprint = hex(sha256("{}"));
    version.firstSeen = version.lastSeen = WallTime(std::chrono::seconds(5));
    version.approvedAt = WallTime(std::chrono::seconds(6));
    version.firstUse = version.defined = version.told = true;
    version.keptBytes = 2;
    ToolVersion other = version;
    other.fingerprint = std::string(64, 'b');
    other.approvedAt.reset();
    return {"svc", name, other.fingerprint, WallTime(std::chrono::seconds(7)), {version, other}};
}

TEST_F(StateDatabaseTest, M7_ToolsAndTheirVersionsSurviveARestart) {
    const std::string print = hex(sha256("{}"));
    {
        const auto state = open();
        const ToolRecord tool = toolNamed("read");
        ASSERT_TRUE(state->putTools({"svc", WallTime(std::chrono::seconds(5)), true}, {&tool}));
        ASSERT_TRUE(state->putDefinition({"svc", "read", print}, "{}"));
        ASSERT_TRUE(state->putDefinition({"svc", "read", std::string(64, 'b')}, "{}"));
    }
    const auto state = open();
    const Result<PinStore::Loaded> loaded = state->loadTools();
    ASSERT_TRUE(loaded);
    ASSERT_EQ(loaded->services.size(), 1U);
    EXPECT_TRUE(loaded->services[0].whole);
    EXPECT_EQ(loaded->services[0].firstSeen, WallTime(std::chrono::seconds(5)));
    ASSERT_EQ(loaded->tools.size(), 1U);
    const ToolRecord& tool = loaded->tools[0];
    EXPECT_EQ(tool.goneSince, WallTime(std::chrono::seconds(7)));
    ASSERT_EQ(tool.versions.size(), 2U);
    EXPECT_EQ(tool.versions[0].approvedAt, WallTime(std::chrono::seconds(6)));
    EXPECT_TRUE(tool.versions[0].firstUse);
    EXPECT_FALSE(tool.versions[1].approvedAt);
    EXPECT_EQ(tool.versions[0].keptBytes, 2U);
    EXPECT_FALSE(tool.isApproved());
    EXPECT_EQ(*state->definition({"svc", "read", print}), "{}");
    EXPECT_EQ(*state->definition({"svc", "read", std::string(64, 'b')}), "") << "not what it says it is";
    ASSERT_TRUE(state->removeTool("svc", "read"));
    EXPECT_TRUE(state->loadTools()->tools.empty());
    EXPECT_EQ(*state->definition({"svc", "read", print}), "");
    ASSERT_TRUE(state->removeTools("svc"));
    EXPECT_TRUE(state->loadTools()->services.empty());
}

TEST_F(StateDatabaseTest, T_35_AToolWhoseRowSomebodyElseChangedDoesNotCount) {
    {
        const auto state = open();
        const ToolRecord tool = toolNamed("read");
        const ToolRecord other = toolNamed("write");
        ASSERT_TRUE(state->putTools({"svc", WallTime(), true}, {&tool, &other}));
    }
    {
        auto raw = Database::open(path, Database::Durability::Full);
        ASSERT_TRUE(
            (*raw)->execute("UPDATE tools SET more = replace(more, 'bbbb', 'cccc') WHERE name = 'read'"));
    }
    const Result<PinStore::Loaded> loaded = open()->loadTools();
    ASSERT_TRUE(loaded);
    EXPECT_EQ(loaded->refused, std::vector<std::string>{"svc"});
    ASSERT_EQ(loaded->tools.size(), 1U);
    EXPECT_EQ(loaded->tools[0].name, "write");
}

TEST_F(StateDatabaseTest, RegisteredClientSurvivesARestart) {
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

TEST_F(StateDatabaseTest, T_35_RegisteredClientThatSomebodyElseChangedIsUnknown) {
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
