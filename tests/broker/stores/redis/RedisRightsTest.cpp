#include "broker/base/Text.h"
#include "tests/broker/stores/redis/RedisTestRecords.h"

#include <QTemporaryDir>

#include <algorithm>
#include <fstream>
#include <sys/stat.h>

namespace keybearer {
namespace {

using testing::Health;
using testing::RedisServer;
using testing::TestRecords;

// As docs/redis.md shows them, for the prefix of these tests.
std::vector<std::string> readRights() {
    std::ifstream page(KEYBEARER_REDIS_PAGE);
    std::string line;
    while (std::getline(page, line) && line.rfind("user keybearer ", 0) != 0) {
    }
    std::vector<std::string> rights = splitWords(line);
    EXPECT_GT(rights.size(), 10U);
    rights.erase(rights.begin(), rights.begin() + std::min<std::ptrdiff_t>(2, std::ssize(rights)));
    for (std::string& each : rights) {
        if (const std::size_t at = each.find("keybearer:"); at == 1)
            each.replace(at, 9, "test/one");
        if (each == ">PASSWORD")
            each = ">right";
    }
    return rights;
}

const std::vector<std::string>& neededRights() {
    static const std::vector<std::string> rights = readRights();
    return rights;
}

void allow(const RedisServer& server, const std::vector<std::string>& rights) {
    std::vector<std::string> words{"ACL", "SETUSER", "keybearer", "reset"};
    words.insert(words.end(), rights.begin(), rights.end());
    EXPECT_EQ(server.say(words).text, "OK");
}

std::vector<std::string> without(const std::string& right) {
    std::vector<std::string> rest;
    EXPECT_NE(std::count(neededRights().begin(), neededRights().end(), right), 0) << right;
    for (const std::string& each : neededRights()) {
        if (each != right)
            rest.push_back(each);
    }
    return rest;
}

RedisConfig asUser(const RedisServer& server, const std::string& password = "right") {
    RedisConfig config = testing::redisConfig(server.url());
    config.username = "keybearer";
    config.password = std::make_shared<const SealedSecret>(Secret::copyOf(password));
    return config;
}

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST(RedisRights, TheDocumentedRightsAreEnough) {
    const RedisServer server;
    allow(server, neededRights());
    server.say({"ACL", "LOG", "RESET"});
    RedisConfig config = asUser(server);
    config.url = "unix:" + server.socket();
    config.replicas = 1;
    const TestRecords a(config);
    const TestRecords b(config);
    ASSERT_TRUE(a.becomesReady() && b.becomesReady()) << a.records->health().problem;
    std::uint64_t told = 0;
    QObject::connect(b.records.get(), &RemoteRecords::changed, b.records.get(),
                     [&](const std::string&, std::uint64_t revision) { told = revision; });
    ASSERT_TRUE(a.put("item/x", 0, "x"));
    ASSERT_TRUE(a.put({"item/x", 1, {2, "x"}, 0, std::chrono::seconds(60)}));
    ASSERT_TRUE(spinUntil([&] { return told == 2; }));
    ASSERT_TRUE(a.get("item/x"));
    ASSERT_EQ(a.list("item/")->size(), 1U);
    const Result<RemoteRecords::Lease> lease = a.lease("item/x", "a");
    ASSERT_TRUE(lease);
    a.records->giveBack("item/x", "a", lease->fence);
    ASSERT_TRUE(a.erase("item/x", 2));
    ASSERT_TRUE(spinUntil([&] { return told == 0; }));
    EXPECT_TRUE(server.say({"ACL", "LOG"}).elements.empty()) << "nothing was refused";
    EXPECT_TRUE(holds(server.say({"CLIENT", "LIST"}).text, "name=keybearer"));
}

TEST(RedisRights, AWrongPasswordIsSaidAndNeverShown) {
    const RedisServer server;
    allow(server, neededRights());
    const TestRecords records(asUser(server, "hunter2"));
    const Health trouble = records.trouble();
    EXPECT_TRUE(holds(trouble.problem, "refuses the user name or the password")) << trouble.problem;
    EXPECT_TRUE(holds(trouble.action, "store.redis.password_file"));
    EXPECT_FALSE(holds(trouble.problem + trouble.action + records.records->description(), "hunter2"));
}

TEST(RedisRights, APasswordThatIsMissingIsAskedFor) {
    RedisServer::Wish wish;
    wish.more = {"--requirepass", "secret"};
    wish.auth = {"AUTH", "secret"};
    const RedisServer server(wish);
    const TestRecords records(server);
    EXPECT_TRUE(holds(records.trouble().problem, "asks for a password")) << records.trouble().problem;
}

TEST(RedisRights, APasswordThatNobodyAsksForIsSaid) {
    const RedisServer server;
    RedisConfig config = testing::redisConfig(server.url());
    config.password = std::make_shared<const SealedSecret>(Secret::copyOf("x"));
    const TestRecords records(config);
    EXPECT_TRUE(holds(records.trouble().problem, "asks for no password")) << records.trouble().problem;
}

TEST(RedisRights, ThePasswordFileIsReadAnewForEveryConnection) {
    RedisServer::Wish wish;
    wish.more = {"--requirepass", "one"};
    wish.auth = {"AUTH", "one"};
    const RedisServer server(wish);
    const QTemporaryDir folder;
    const std::string file = folder.path().toStdString() + "/password";
    std::ofstream(file) << "one\n";
    ::chmod(file.c_str(), 0644);
    RedisConfig config = testing::redisConfig(server.url());
    config.passwordFile = file;
    const TestRecords records(config);
    EXPECT_TRUE(holds(records.trouble().problem, "others may read")) << records.trouble().problem;
    ::chmod(file.c_str(), 0600);
    EXPECT_TRUE(records.becomesReady());
    std::ofstream(file, std::ios::trunc) << "";
    server.say({"CLIENT", "KILL", "TYPE", "normal"});
    EXPECT_TRUE(spinUntil([&] { return holds(records.records->health().problem, "is empty"); }, 15'000));
    std::ofstream(file, std::ios::trunc) << "one";
    EXPECT_TRUE(records.becomesReady(20'000));
}

TEST(RedisRights, ARightThatIsMissingIsNamed) {
    const RedisServer server;
    allow(server, without("+eval"));
    const TestRecords noScripts(asUser(server));
    EXPECT_TRUE(holds(noScripts.trouble().problem, "'eval'")) << noScripts.trouble().problem;
    EXPECT_TRUE(holds(noScripts.trouble().action, "docs/redis.md"));
    allow(server, without("+hset"));
    const TestRecords noWrites(asUser(server));
    ASSERT_TRUE(noWrites.becomesReady());
    const Result<void> refused = noWrites.put("item/x", 0, "x");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::StoreUnavailable);
    EXPECT_TRUE(holds(refused.error().message, "lacks a permission")) << refused.error().message;
    const TestRecords otherKeys(
        [&] {
            allow(server, neededRights());
            return asUser(server);
        }(),
        "test/two");
    EXPECT_TRUE(holds(otherKeys.trouble().problem, "lacks a permission")) << otherKeys.trouble().problem;
}

TEST(RedisRights, WithoutTheRightToAskForTheRoleItServes) {
    const RedisServer server;
    allow(server, without("+role"));
    const TestRecords records(asUser(server));
    ASSERT_TRUE(records.becomesReady());
    EXPECT_TRUE(records.put("item/x", 0, "x"));
}

TEST(RedisRights, WithoutTheChannelChangesAreLookedForAndThatIsSaid) {
    const RedisServer server;
    allow(server, without("&test/one:changed"));
    RedisPauses quick;
    quick.poll = std::chrono::milliseconds(100);
    const TestRecords a(asUser(server), "test/one", quick);
    const TestRecords b(asUser(server), "test/one", quick);
    ASSERT_TRUE(a.becomesReady() && b.becomesReady());
    EXPECT_TRUE(holds(b.records->health().problem, "seen late")) << b.records->health().problem;
    std::map<std::string, std::uint64_t> told;
    QObject::connect(b.records.get(), &RemoteRecords::changed, b.records.get(),
                     [&](const std::string& name, std::uint64_t revision) { told[name] = revision; });
    ASSERT_TRUE(a.put("item/x", 0, "x"));
    ASSERT_TRUE(spinUntil([&] { return told["item/x"] == 1; }));
    ASSERT_TRUE(a.put("item/x", 1, "y"));
    ASSERT_TRUE(spinUntil([&] { return told["item/x"] == 2; }));
    ASSERT_TRUE(a.erase("item/x", 2));
    ASSERT_TRUE(spinUntil([&] { return told["item/x"] == 0; }));
}

} // namespace
} // namespace keybearer
