#include "broker/providers/ClientAuthFiles.h"

#include "broker/base/PrivateFile.h"
#include "broker/oauth/SigningKey.h"
#include "broker/providers/ProviderCatalog.h"
#include "tests/broker/http/TestCertificates.h"

#include <QTemporaryDir>

#include <fstream>
#include <gtest/gtest.h>

namespace keybearer {
namespace {

using test::certificatePem;
using test::keyPem;
using test::makeIdentity;

class ClientAuthFilesTest : public ::testing::Test {
protected:
    [[nodiscard]] std::filesystem::path path(const std::string& name) const {
        return std::filesystem::path(directory_.path().toStdString()) / name;
    }
    void write(const std::string& name, const std::string& content) const {
        ASSERT_TRUE(writePrivateFile(path(name), content));
    }
    // providers.corp with this client_auth, as config.yaml of the directory.
    [[nodiscard]] Result<Provider> load(const std::string& clientAuth) const {
        const std::string text =
            "providers:\n  corp:\n    issuer: https://login.example.com\n    client_id: desk\n"
            "    client_auth:\n" +
            clientAuth;
        const Result<Config> config = parseConfig(text, path("config.yaml"), {});
        if (!config)
            return failure(config.error());
        const Result<ProviderCatalog> catalog = ProviderCatalog::load(*config, {});
        if (!catalog)
            return failure(catalog.error());
        return *catalog->find("corp");
    }
    [[nodiscard]] std::string problem(const std::string& clientAuth) const {
        const Result<Provider> loaded = load(clientAuth);
        EXPECT_FALSE(loaded);
        EXPECT_TRUE(loaded || loaded.error().code == ErrorCode::InvalidParams);
        return loaded ? std::string() : loaded.error().message;
    }
    [[nodiscard]] std::string keyProblem(const std::string& what) const {
        return "config.yaml:6: providers.corp.client_auth.key_file: " + path("key.pem").string() + ": " +
               what;
    }

    QTemporaryDir directory_;
    const test::Identity client_ = makeIdentity({"desk"});
};

TEST_F(ClientAuthFilesTest, AKeyMakesAssertionsByItsOwnAlgorithm) {
    write("key.pem", keyPem(client_));
    const Result<Provider> provider = load("      key_file: key.pem\n      key_id: k1\n");
    ASSERT_TRUE(provider) << provider.error().message;
    EXPECT_EQ(provider->authMethod, ClientAuthMethod::PrivateKeyJwt);
    ASSERT_NE(provider->signingKey, nullptr);
    EXPECT_EQ(provider->signingKey->algorithm(), "ES256");
    EXPECT_EQ(provider->signingKey->keyId(), "k1");
    EXPECT_EQ(provider->quirks.assertionAudience, AssertionAudience::Issuer);
    const auto asked = load("      key_file: key.pem\n      audience: token_endpoint\n");
    ASSERT_TRUE(asked);
    EXPECT_EQ(asked->quirks.assertionAudience, AssertionAudience::TokenEndpoint);
}

TEST_F(ClientAuthFilesTest, AnRsaKeySignsAsTold) {
    write("key.pem", keyPem(makeIdentity({.name = "desk", .isRsa = true})));
    const auto provider =
        load("      method: private_key_jwt\n      key_file: key.pem\n      algorithm: PS256\n");
    ASSERT_TRUE(provider) << provider.error().message;
    EXPECT_EQ(provider->signingKey->algorithm(), "PS256");
}

TEST_F(ClientAuthFilesTest, AnEncryptedKeyOpensWithItsPassphrase) {
    write("key.pem", keyPem(client_, "correct horse"));
    EXPECT_TRUE(load("      key_file: key.pem\n      key_passphrase: correct horse\n"));
    EXPECT_EQ(problem("      key_file: key.pem\n      key_passphrase: battery\n"),
              keyProblem("the passphrase does not open the key"));
    EXPECT_EQ(problem("      key_file: key.pem\n"),
              keyProblem("the key is encrypted and no passphrase is given"));
}

TEST_F(ClientAuthFilesTest, BadKeyFilesAreNamedWithTheLineThatNamesThem) {
    EXPECT_EQ(problem("      key_file: key.pem\n"), keyProblem("there is no such file"));
    write("key.pem", "hello");
    EXPECT_EQ(problem("      key_file: key.pem\n"), keyProblem("there is no private key in PEM"));
    write("key.pem", keyPem(client_));
    EXPECT_EQ(problem("      key_file: key.pem\n      algorithm: RS256\n"),
              keyProblem("the key cannot sign with RS256: it is of the kind EC P-256"));
    EXPECT_NE(problem("      key_file: key.pem\n      algorithm: HS256\n").find("config.yaml:7: "),
              std::string::npos);
    EXPECT_NE(problem("      key_file: .\n").find("not a regular file"), std::string::npos);
}

TEST_F(ClientAuthFilesTest, AKeyThatOthersMayReadIsRefused) {
    write("key.pem", keyPem(client_));
    using std::filesystem::perms;
    std::filesystem::permissions(path("key.pem"), perms::owner_read | perms::group_read);
    EXPECT_EQ(problem("      key_file: key.pem\n"), keyProblem("others may read this key"));
    const auto loaded = load("      key_file: key.pem\n");
    EXPECT_NE(loaded.error().action.find("chmod go-rwx "), std::string::npos);
}

TEST_F(ClientAuthFilesTest, ACertificateIsShownWithItsKey) {
    write("key.pem", keyPem(client_));
    write("certificate.pem", certificatePem(client_));
    const auto apart = load("      key_file: key.pem\n      certificate_file: certificate.pem\n");
    ASSERT_TRUE(apart) << apart.error().message;
    EXPECT_EQ(apart->authMethod, ClientAuthMethod::TlsClientAuth);
    EXPECT_NE(apart->certificate, nullptr);
    write("both.pem", certificatePem(client_) + keyPem(client_));
    const auto together = load("      method: tls_client_auth\n      certificate_file: both.pem\n");
    ASSERT_TRUE(together) << together.error().message;
    EXPECT_NE(together->certificate, nullptr);
}

TEST_F(ClientAuthFilesTest, BadCertificatesAreNamed) {
    const auto ended = makeIdentity({.name = "desk", .beginsAfter = -7200, .endsAfter = -3600});
    write("key.pem", keyPem(ended));
    write("certificate.pem", certificatePem(ended));
    const std::string both = "      key_file: key.pem\n      certificate_file: certificate.pem\n";
    const std::string start = "config.yaml:7: providers.corp.client_auth.certificate_file: ";
    EXPECT_EQ(problem(both).substr(0, start.size()), start);
    EXPECT_NE(problem(both).find("expired"), std::string::npos) << problem(both);
    write("certificate.pem", certificatePem(client_));
    EXPECT_EQ(problem(both).substr(0, start.size()), start) << "the key of another certificate";
}

TEST_F(ClientAuthFilesTest, MethodAndFilesMustFit) {
    write("key.pem", keyPem(client_));
    const std::string start = "config.yaml:2: providers.corp.client_auth: method ";
    EXPECT_EQ(problem("      method: private_key_jwt\n"), start + "private_key_jwt needs key_file");
    EXPECT_EQ(problem("      method: tls_client_auth\n      key_file: key.pem\n"),
              start + "tls_client_auth needs certificate_file");
    EXPECT_EQ(problem("      method: none\n      key_file: key.pem\n"),
              start + "none has no use for a key or certificate");
}

} // namespace
} // namespace keybearer
