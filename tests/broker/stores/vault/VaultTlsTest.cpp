#include "tests/broker/stores/vault/VaultHouse.h"
#include "tests/support/Certificates.h"

#include "broker/base/PrivateFile.h"

#include <QTemporaryDir>

namespace keybearer::test {

namespace {

// With a server whose certificate an authority of its own has signed.
class VaultTlsTest : public ::testing::Test {
protected:
    VaultTlsTest()
        : authority(makeIdentity({.name = "Company", .isAuthority = true})),
          identity(makeIdentity({.name = "localhost", .alternativeName = "IP:127.0.0.1"}, &authority)),
          server(Json{{"tls", {{"key", keyPem(identity)}, {"cert", certificatePem(identity)}}}}) {
        initialiseSecrets();
        config = vaultConfig(server);
        config.url = "https://127.0.0.1:" + std::to_string(server.port());
    }
    [[nodiscard]] std::unique_ptr<VaultRecords> open() const {
        Result<std::unique_ptr<VaultRecords>> records = VaultRecords::over(
            {config, "keybearer"}, {}, [](const char*) { return std::optional<std::string>(); },
            systemClock());
        EXPECT_TRUE(records) << records.error().message;
        (*records)->start();
        return std::move(*records);
    }
    QTemporaryDir directory;
    Identity authority, identity;
    VaultServer server;
    VaultConfig config;
};

TEST_F(VaultTlsTest, TrustsTheAuthorityThatTheConfigurationNames) {
    config.caFile = directory.path().toStdString() + "/ca.pem";
    ASSERT_TRUE(writePrivateFile(config.caFile, certificatePem(authority)));
    const std::unique_ptr<VaultRecords> records = open();
    EXPECT_TRUE(spinUntil([&] { return records->health().state == CredentialStore::Health::State::Ready; }))
        << records->health().problem;
}

TEST_F(VaultTlsTest, TrustsNobodyElseAndSaysWhichKeyToSet) {
    const std::unique_ptr<VaultRecords> records = open();
    ASSERT_TRUE(
        spinUntil([&] { return records->health().state == CredentialStore::Health::State::Unavailable; }));
    EXPECT_NE(records->health().action.find("store.vault.ca_file"), std::string::npos)
        << records->health().problem << records->health().action;
    EXPECT_EQ(server.tell().at("requests").size(), 0U) << "and nothing was sent";
}

TEST_F(VaultTlsTest, AnAuthorityThatCannotBeReadIsSaidAtOnce) {
    config.caFile = "/nowhere/ca.pem";
    const auto records = VaultRecords::over(
        {config, "keybearer"}, {}, [](const char*) { return std::optional<std::string>(); }, systemClock());
    ASSERT_FALSE(records);
    EXPECT_NE(records.error().message.find("/nowhere/ca.pem"), std::string::npos);
}

} // namespace

} // namespace keybearer::test
