#include "tests/broker/stores/redis/RedisTestRecords.h"
#include "tests/support/Certificates.h"

#include <QTemporaryDir>

#include <fstream>
#include <sys/stat.h>

namespace keybearer {
namespace {

using testing::Health;
using testing::RedisServer;
using testing::TestRecords;

// An authority, a server's certificate by it, and a client's.
class RedisTls : public ::testing::Test {
protected:
    QTemporaryDir folder;
    test::Identity authority = test::makeIdentity({.name = "Test CA", .isAuthority = true});

    [[nodiscard]] std::string at(const std::string& name) const {
        return folder.path().toStdString() + "/" + name;
    }
    void write(const std::string& name, const std::string& text) const {
        std::ofstream(at(name)) << text;
        ASSERT_EQ(::chmod(at(name).c_str(), 0600), 0);
    }
    std::unique_ptr<RedisServer> serve(const test::CertificateWish& wish, const std::string& clients = "no") {
        const test::Identity server = test::makeIdentity(wish, &authority);
        write("ca.pem", test::certificatePem(authority));
        write("server.pem", test::certificatePem(server));
        write("server.key", test::keyPem(server));
        RedisServer::Wish how;
        how.tlsFolder = folder.path().toStdString();
        how.more = {"--tls-auth-clients", clients};
        return std::make_unique<RedisServer>(how);
    }
    [[nodiscard]] RedisConfig config(const RedisServer& server) const {
        RedisConfig made = testing::redisConfig(server.url());
        made.caFile = at("ca.pem");
        return made;
    }
    // What is said of a server that must not be used.
    static std::string refusal(const RedisConfig& how) {
        const TestRecords records(how);
        const Health trouble = records.trouble();
        EXPECT_NE(trouble.action, "");
        EXPECT_FALSE(records.get("item/x"));
        EXPECT_EQ(records.connections, 0);
        return trouble.problem;
    }
};

const test::CertificateWish rightName{.name = "localhost", .alternativeName = "DNS:localhost"};

TEST_F(RedisTls, WithTheRightAuthorityAndNameItServes) {
    const auto server = serve(rightName);
    const TestRecords records(config(*server));
    ASSERT_TRUE(records.becomesReady()) << records.records->health().problem;
    const std::string large(std::size_t{1} << 20, 'x');
    EXPECT_TRUE(records.put("item/x", 0, large));
    EXPECT_TRUE(records.get("item/x")->sealed == large);
}

TEST_F(RedisTls, AnUnknownAuthorityIsRefused) {
    const auto server = serve(rightName);
    RedisConfig how = config(*server);
    write("other.pem", test::certificatePem(test::makeIdentity({.name = "Other CA", .isAuthority = true})));
    how.caFile = at("other.pem");
    EXPECT_NE(refusal(how).find("unknown authority"), std::string::npos);
    how.caFile.clear(); // the system's know nothing of it either
    EXPECT_NE(refusal(how).find("authority"), std::string::npos);
}

TEST_F(RedisTls, AnotherNameIsRefused) {
    const auto server = serve({.name = "cache.example.test", .alternativeName = "DNS:cache.example.test"});
    EXPECT_NE(refusal(config(*server)).find("is for another name"), std::string::npos);
}

TEST_F(RedisTls, AnExpiredCertificateIsRefused) {
    const auto server = serve(
        {.name = "localhost", .alternativeName = "DNS:localhost", .beginsAfter = -7200, .endsAfter = -3600});
    EXPECT_NE(refusal(config(*server)).find("has expired"), std::string::npos);
}

TEST_F(RedisTls, AServerWithoutTlsIsNotSpokenToInClear) {
    RedisServer::Wish wish;
    wish.tcp = true;
    const RedisServer server(wish);
    RedisConfig how = testing::redisConfig("rediss://localhost:" + std::to_string(server.port()));
    const std::string problem = refusal(how);
    EXPECT_NE(problem.find("Redis: localhost"), std::string::npos) << problem;
    EXPECT_EQ(server.say({"INFO", "commandstats"}).text.find("cmdstat_role"), std::string::npos);
}

TEST_F(RedisTls, AServerThatWantsToSeeACertificateGetsOurs) {
    const auto server = serve(rightName, "yes");
    const test::Identity ours = test::makeIdentity({.name = "broker"}, &authority);
    write("ours.pem", test::certificatePem(ours));
    write("ours.key", test::keyPem(ours));
    RedisConfig how = config(*server);
    EXPECT_NE(refusal(how), "") << "without one";
    how.certificate = at("ours.pem");
    how.certificateKey = at("ours.key");
    const TestRecords records(how);
    ASSERT_TRUE(records.becomesReady()) << records.records->health().problem;
    EXPECT_TRUE(records.put("item/x", 0, "x"));
}

TEST_F(RedisTls, FilesThatAreNotAsTheyShouldBeAreNamed) {
    const auto server = serve(rightName);
    const test::Identity ours = test::makeIdentity({.name = "broker"}, &authority);
    write("ours.pem", test::certificatePem(ours));
    write("ours.key", test::keyPem(ours));
    RedisConfig how = config(*server);
    how.caFile = at("none.pem");
    EXPECT_NE(refusal(how).find("store.redis.ca_file"), std::string::npos);
    write("empty.pem", "nothing\n");
    how.caFile = at("empty.pem");
    EXPECT_NE(refusal(how).find("no certificate in PEM"), std::string::npos);
    how = config(*server);
    how.certificate = at("ours.pem");
    how.certificateKey = at("ours.key");
    ASSERT_EQ(::chmod(at("ours.key").c_str(), 0644), 0);
    EXPECT_NE(refusal(how).find("others may read"), std::string::npos);
    how.certificateKey = at("server.key");
    EXPECT_NE(refusal(how).find("does not belong to"), std::string::npos);
}

} // namespace
} // namespace keybearer
