#include "broker/base/PrivateFile.h"
#include "tests/broker/stores/vault/VaultHouse.h"

namespace keybearer::test {

namespace {

using namespace std::chrono_literals;

class VaultTroubleTest : public VaultHouse {
protected:
    void open() {
        records = vaultRecords(vaultConfig(server));
        ASSERT_TRUE(ready(*records)) << records->health().problem;
        ASSERT_TRUE(put(*records, "item/x", 0, "one"));
    }
    void expectProblem(const std::string& message, const std::string& action) const {
        ASSERT_TRUE(unavailable(*records));
        const Health health = records->health();
        EXPECT_NE(health.problem.find(message), std::string::npos) << health.problem;
        EXPECT_NE(health.action.find(action), std::string::npos) << health.action;
    }
    void expectRefused(const Result<void>& result, const std::string& message) const {
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().code, ErrorCode::StoreUnavailable) << result.error().message;
        EXPECT_NE(result.error().message.find(message), std::string::npos) << result.error().message;
        EXPECT_NE(result.error().action, "");
    }
    std::unique_ptr<VaultRecords> records;
};

TEST_F(VaultTroubleTest, SealedAndUnsealedAgain) {
    open();
    int connected = 0;
    QObject::connect(records.get(), &RemoteRecords::connected, records.get(), [&] { ++connected; });
    server.command("seal");
    expectRefused(put(*records, "item/x", 1, "two"), "is sealed");
    expectProblem("is sealed", "Unseal it");
    server.command("unseal");
    ASSERT_TRUE(ready(*records));
    EXPECT_EQ(connected, 1) << "compare: something may have been missed";
    EXPECT_TRUE(put(*records, "item/x", 1, "two"));
}

TEST_F(VaultTroubleTest, APollNoticesASealedServerWithoutAnyCall) {
    open();
    server.command("seal");
    expectProblem("is sealed", "Unseal it");
}

TEST_F(VaultTroubleTest, ASealedServerAtTheStartIsWaitedFor) {
    server.command("seal");
    records = vaultRecords(vaultConfig(server));
    expectProblem("is sealed", "Unseal it");
    server.command("unseal");
    EXPECT_TRUE(ready(*records));
}

TEST_F(VaultTroubleTest, AnUninitialisedServerADisasterSecondaryAndAStandbyAreNamed) {
    server.command("uninitialise");
    records = vaultRecords(vaultConfig(server));
    expectProblem("is not initialised", "operator init");
    server.command("dr");
    ASSERT_TRUE(spinUntil([&] { return records->health().problem.find("disaster") != std::string::npos; }));
    server.command("redirect");
    ASSERT_TRUE(
        spinUntil([&] { return records->health().problem.find("standby node") != std::string::npos; }));
    EXPECT_NE(records->health().action.find("active node"), std::string::npos);
    server.command("standby");
    EXPECT_TRUE(ready(*records)) << "one that forwards is as good as any";
}

TEST_F(VaultTroubleTest, AServerThatIsAwayComesBackByItself) {
    const int port = server.port();
    VaultConfig config = vaultConfig(server);
    auto other = std::make_unique<VaultServer>();
    config.url = other->url();
    const int otherPort = other->port();
    records = vaultRecords(std::move(config));
    ASSERT_TRUE(ready(*records));
    other.reset();
    expectRefused(put(*records, "item/x", 0, "one"), "No answer");
    expectProblem("No answer", "store.vault.url");
    VaultServer again(Json{{"port", otherPort}});
    ASSERT_TRUE(ready(*records)) << port;
    EXPECT_TRUE(put(*records, "item/x", 0, "one"));
}

TEST_F(VaultTroubleTest, WhileItIsAwayCallsFailAtOnce) {
    VaultConfig config = vaultConfig(server);
    config.url = "http://127.0.0.1:1";
    records = vaultRecords(std::move(config));
    expectRefused(put(*records, "item/x", 0, "one"), "No answer");
    const auto began = systemClock().boot();
    for (int i = 0; i < 20; ++i)
        EXPECT_EQ(get(*records, "item/x").error().code, ErrorCode::StoreUnavailable);
    EXPECT_LT(systemClock().boot() - began, 5s);
}

TEST_F(VaultTroubleTest, TooManyRequestsAreSentAgainWhenTheServerSaysSo) {
    open();
    fault(Json{{"match", "item/x"},
               {"status", 429},
               {"headers", {{"Retry-After", "1"}}},
               {"errors", Json::array({"request path: rate limit quota exceeded"})}});
    const auto began = systemClock().boot();
    EXPECT_TRUE(put(*records, "item/x", 1, "two"));
    EXPECT_GE(systemClock().boot() - began, 950ms);
    EXPECT_EQ(records->health().problem, "");
}

TEST_F(VaultTroubleTest, AQuotaThatDoesNotEndIsTold) {
    open();
    fault(Json{{"match", "item/x"},
               {"status", 429},
               {"times", 99},
               {"headers", {{"Retry-After", "600"}}},
               {"errors", Json::array({"request path: rate limit quota exceeded"})}});
    const Result<void> refused = put(*records, "item/x", 1, "two");
    expectRefused(refused, "too many requests");
    EXPECT_EQ(refused.error().retryAfter, 600s);
}

TEST_F(VaultTroubleTest, AServerErrorThatPassesIsNotNoticed) {
    open();
    fault(Json{
        {"match", "item/x"}, {"status", 500}, {"times", 2}, {"errors", Json::array({"internal error"})}});
    EXPECT_TRUE(put(*records, "item/x", 1, "two"));
    fault(Json{
        {"match", "item/x"}, {"status", 502}, {"body", "<html>bad gateway</html>"}, {"type", "text/html"}});
    EXPECT_TRUE(put(*records, "item/x", 2, "three"));
    EXPECT_EQ(records->health().problem, "");
}

TEST_F(VaultTroubleTest, AServerErrorThatStaysIsTold) {
    open();
    fault(Json{
        {"match", "item/x"}, {"status", 500}, {"times", 99}, {"errors", Json::array({"no space left"})}});
    expectRefused(put(*records, "item/x", 1, "two"), "cannot serve now (HTTP 500: no space left)");
    server.command("mend");
    ASSERT_TRUE(ready(*records));
    EXPECT_TRUE(put(*records, "item/x", 1, "two"));
}

TEST_F(VaultTroubleTest, AWrongMountIsNamed) {
    VaultConfig config = vaultConfig(server);
    config.mount = "wrong";
    records = vaultRecords(std::move(config));
    expectProblem("no secrets engine at wrong", "store.vault.mount");
    EXPECT_EQ(get(*records, "item/x").error().code, ErrorCode::StoreUnavailable)
        << "and nothing is taken for absent";
    EXPECT_EQ(wait<std::vector<Records::Listed>>([&](auto done) { records->list("item/", std::move(done)); })
                  .error()
                  .code,
              ErrorCode::StoreUnavailable);
}

TEST_F(VaultTroubleTest, AMountOfVersionOneIsNamed) {
    server.command(Json{{"do", "set"}, {"options", {{"kvVersion", 1}}}});
    records = vaultRecords(vaultConfig(server));
    expectProblem("is KV version 1", "enable-versioning");
    EXPECT_EQ(get(*records, "item/x").error().code, ErrorCode::StoreUnavailable);
}

TEST_F(VaultTroubleTest, AMountOfAnotherKindIsNamed) {
    VaultConfig config = vaultConfig(server);
    config.mount = "transit";
    records = vaultRecords(std::move(config));
    expectProblem("is of the kind transit", "KV version 2");
}

TEST_F(VaultTroubleTest, GarbageAndEndlessAnswersAreRefused) {
    open();
    fault(Json{{"match", "item/x"}, {"status", 200}, {"body", "{\"data\":"}});
    EXPECT_EQ(get(*records, "item/x").error().code, ErrorCode::ParseError);
    fault(Json{{"match", "item/x"}, {"status", 200}, {"body", "<html></html>"}, {"type", "text/html"}});
    EXPECT_EQ(get(*records, "item/x").error().code, ErrorCode::ParseError);
    fault(Json{{"match", "item/x"}, {"status", 200}, {"body", std::string(3 << 20, 'x')}});
    const Result<Records::Record> huge = get(*records, "item/x");
    ASSERT_FALSE(huge);
    EXPECT_TRUE(ready(*records));
    EXPECT_EQ(get(*records, "item/x")->sealed, "one");
}

TEST_F(VaultTroubleTest, ARecordThatIsTooLargeForTheServerIsToldAsThat) {
    open();
    server.command(Json{{"do", "set"}, {"options", {{"maxRecord", 10'000}}}});
    expectRefused(put(*records, "item/big", 0, std::string(20'000, 'x')), "takes no record of this size");
    EXPECT_TRUE(put(*records, "item/x", 1, "two"));
}

TEST_F(VaultTroubleTest, ALookThatIsCutOffIsTakenOnceMore) {
    open();
    fault(Json{{"match", "item/x"}, {"drop", true}});
    EXPECT_EQ(get(*records, "item/x")->sealed, "one");
    EXPECT_EQ(records->health().problem, "");
    fault(Json{{"match", "item/x"}, {"drop", true}, {"times", 2}});
    EXPECT_FALSE(get(*records, "item/x"));
    ASSERT_TRUE(ready(*records));
    EXPECT_EQ(get(*records, "item/x")->sealed, "one");
}

TEST_F(VaultTroubleTest, OurClockDoesNotMatterForLeases) {
    server.command(Json{{"do", "advance"}, {"ms", 40LL * 24 * 3600 * 1000}});
    open();
    const Result<Records::Lease> held = lease(*records, "item/x", "broker-a", 20s);
    ASSERT_TRUE(held);
    const Result<Records::Lease> other = lease(*records, "item/x", "broker-b", 20s);
    ASSERT_FALSE(other);
    EXPECT_LE(other.error().retryAfter.value_or(1h), 22s);
}

TEST_F(VaultTroubleTest, AnAnswerWithoutADateIsToldAsThat) {
    open();
    server.command(Json{{"do", "set"}, {"options", {{"noDate", true}}}});
    const Result<Records::Lease> held = lease(*records, "item/x", "broker-a");
    ASSERT_FALSE(held);
    EXPECT_EQ(held.error().code, ErrorCode::StoreUnavailable);
    EXPECT_NE(held.error().action.find("Date"), std::string::npos);
}

TEST_F(VaultTroubleTest, ErrorsCarryNoDetailsOfThisRoom) {
    open();
    server.command("seal");
    const Result<void> refused = put(*records, "item/x", 1, "two");
    ASSERT_FALSE(refused);
    EXPECT_TRUE(refused.error().details.empty());
}

TEST_F(VaultTroubleTest, ACompletionMayEndTheRecords) {
    open();
    bool ended = false;
    for (int i = 0; i < 12; ++i)
        records->get("item/" + std::to_string(i), [&](const Result<Records::Record>&) {
            records.reset();
            ended = true;
        });
    ASSERT_TRUE(spinUntil([&] { return ended; }));
    VaultConfig config = vaultConfig(server);
    config.url = "http://127.0.0.1:1";
    records = vaultRecords(std::move(config));
    ended = false;
    for (int i = 0; i < 12; ++i)
        records->get("item/" + std::to_string(i), [&](const Result<Records::Record>&) {
            records.reset();
            ended = true;
        });
    ASSERT_TRUE(spinUntil([&] { return ended; }));
    spinOnce();
}

TEST_F(VaultTroubleTest, APlainAddressElsewhereIsRefusedBeforeAnythingIsSent) {
    VaultConfig config = vaultConfig(server);
    config.url = "http://vault.example.test:8200";
    records = vaultRecords(std::move(config));
    expectProblem("Only https", "store.vault.url");
}

// --- policies ---

// As docs/vault.md shows it, for the prefix of these tests.
std::string leastPolicy() {
    const Result<std::string> page = readFile(KEYBEARER_VAULT_PAGE, 100'000);
    EXPECT_TRUE(page);
    const std::size_t begin = page->find("```hcl\n") + 7;
    std::string policy = page->substr(begin, page->find("```", begin) - begin);
    const std::string prefix = "/keybearer/*";
    for (std::size_t at = policy.find(prefix); at != std::string::npos; at = policy.find(prefix, at + 20))
        policy.replace(at, prefix.size(), "/keybearer/test/*");
    return policy;
}

class VaultPolicyTest : public VaultTroubleTest {
protected:
    void openWith(const std::string& policy) {
        server.command(Json{{"do", "policy"}, {"text", policy}});
        VaultConfig config = vaultConfig(server);
        config.token = nullptr;
        config.auth = "approle";
        config.roleId = "the-role";
        config.secretId = sealedText("the-secret-id");
        records = vaultRecords(std::move(config));
    }
};

TEST_F(VaultPolicyTest, TheLeastPolicyIsEnoughForEverything) {
    openWith(leastPolicy());
    ASSERT_TRUE(ready(*records)) << records->health().problem;
    ASSERT_TRUE(put(*records, "item/x", 0, "one"));
    const Result<Records::Lease> held = lease(*records, "item/x", "a");
    ASSERT_TRUE(held);
    ASSERT_TRUE(put(*records, "item/x", 1, "two", held->fence));
    ASSERT_TRUE(wait<std::vector<Records::Listed>>([&](auto done) { records->list("", std::move(done)); }));
    ASSERT_TRUE(wait<void>([&](auto done) { records->erase("item/x", 2, std::move(done)); }));
    server.command(Json{{"do", "advance"}, {"ms", 8LL * 24 * 3600 * 1000}});
    ASSERT_TRUE(
        wait<std::vector<Records::Listed>>([&](auto done) { records->list("item/", std::move(done)); }));
    ASSERT_TRUE(spinUntil([&] {
        const Json dump = server.command("dump");
        return !dump.at("keys").contains("keybearer/test/item/x");
    }));
    ASSERT_TRUE(
        spinUntil([&] { return server.command("dump").at("keys").contains("keybearer/test/.changes"); }));
    EXPECT_EQ(records->health().problem, "");
}

TEST_F(VaultPolicyTest, WhatAPolicyLacksIsNamedWithPathAndCapability) {
    openWith("path \"secret/data/keybearer/test/*\" { capabilities = [\"read\"] }\n"
             "path \"secret/metadata/keybearer/test/*\" { capabilities = [\"create\", \"update\"] }");
    ASSERT_TRUE(ready(*records)) << records->health().problem;
    expectRefused(put(*records, "item/x", 0, "one"), "secret/data/keybearer/test/item/x (HTTP 403");
    EXPECT_NE(records->health().action.find("\"create, update\""), std::string::npos)
        << records->health().action;
    const Result<std::vector<Records::Listed>> listed =
        wait<std::vector<Records::Listed>>([&](auto done) { records->list("item/", std::move(done)); });
    ASSERT_FALSE(listed);
    EXPECT_NE(listed.error().action.find("\"list\" on the path secret/metadata/keybearer/test/item"),
              std::string::npos)
        << listed.error().action;
    EXPECT_EQ(server.tell().value("signIns", 0), 1) << "the token is good: no new one is asked for";
}

TEST_F(VaultPolicyTest, APolicyForAnotherMountIsNamed) {
    openWith("path \"elsewhere/*\" { capabilities = [\"read\"] }");
    expectProblem("shows us no secrets engine at secret", "policy");
}

} // namespace

} // namespace keybearer::test
