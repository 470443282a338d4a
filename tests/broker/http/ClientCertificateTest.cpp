#include "broker/http/ClientCertificate.h"

#include "tests/broker/http/TestCertificates.h"

#include <gtest/gtest.h>

using namespace keybearer;
using namespace keybearer::test;

namespace {

std::string problemOf(const std::string& chain, const std::string& key, const std::string& passphrase = {}) {
    const auto made = ClientCertificate::fromPem(chain, Secret::copyOf(key), Secret::copyOf(passphrase),
                                                 SystemClock().wall());
    if (made)
        return "none";
    EXPECT_EQ(made.error().code, ErrorCode::InvalidParams);
    EXPECT_FALSE(made.error().action.empty());
    return made.error().message;
}

bool says(const std::string& text, const char* words) {
    return text.find(words) != std::string::npos;
}

TEST(ClientCertificate, RsaAndEcKeysAreTaken) {
    for (const bool isRsa : {false, true}) {
        const Identity desk = makeIdentity({.name = "desk", .isRsa = isRsa});
        const auto made = ClientCertificate::fromPem(certificatePem(desk), Secret::copyOf(keyPem(desk)), {},
                                                     SystemClock().wall());
        ASSERT_TRUE(made.has_value()) << made.error().message;
        EXPECT_EQ((*made)->chain().size(), 1);
        EXPECT_FALSE((*made)->key().isNull());
        EXPECT_GT((*made)->endsAt(), SystemClock().wall());
    }
}

TEST(ClientCertificate, PassphraseOpensTheKey) {
    const Identity desk = makeIdentity({.name = "desk"});
    const std::string key = keyPem(desk, "open sesame");
    EXPECT_EQ(problemOf(certificatePem(desk), key, "open sesame"), "none");
    EXPECT_TRUE(says(problemOf(certificatePem(desk), key, "wrong"),
                     "passphrase of the client certificate's key is wrong"));
    EXPECT_TRUE(says(problemOf(certificatePem(desk), key), "there is no passphrase"));
}

TEST(ClientCertificate, TimesAreChecked) {
    const Identity ended = makeIdentity({.name = "old", .beginsAfter = -7200, .endsAfter = -60});
    EXPECT_TRUE(says(problemOf(certificatePem(ended), keyPem(ended)), "old has expired on"));
    const Identity early = makeIdentity({.name = "early", .beginsAfter = 600});
    EXPECT_TRUE(says(problemOf(certificatePem(early), keyPem(early)), "early is not valid before"));
    const Identity authority =
        makeIdentity({.name = "gone", .beginsAfter = -7200, .endsAfter = -60, .isAuthority = true});
    const Identity desk = makeIdentity({.name = "desk"}, &authority);
    EXPECT_TRUE(
        says(problemOf(certificatePem(desk) + certificatePem(authority), keyPem(desk)), "gone has expired"));
}

TEST(ClientCertificate, KeyMustBelongToTheFirstCertificate) {
    const Identity authority = makeIdentity({.name = "CA", .isAuthority = true});
    const Identity desk = makeIdentity({.name = "desk"}, &authority);
    EXPECT_EQ(problemOf(certificatePem(desk) + certificatePem(authority), keyPem(desk)), "none");
    EXPECT_TRUE(
        says(problemOf(certificatePem(authority) + certificatePem(desk), keyPem(desk)), "does not belong"));
}

TEST(ClientCertificate, RubbishIsNamedAndNeverQuoted) {
    const Identity desk = makeIdentity({.name = "desk"});
    for (const std::string& rubbish : {std::string(), std::string("planted"), certificatePem(desk)}) {
        const std::string problem = problemOf(certificatePem(desk), rubbish);
        EXPECT_TRUE(says(problem, "the key of the client certificate is")) << problem;
        EXPECT_FALSE(says(problem, "planted"));
    }
    EXPECT_TRUE(says(problemOf("planted", keyPem(desk)), "no certificate in PEM"));
    EXPECT_TRUE(says(problemOf(std::string(300 * 1024, 'x'), keyPem(desk)), "no certificate in PEM"));
    std::string cut = keyPem(desk);
    cut.resize(cut.size() / 2);
    EXPECT_TRUE(says(problemOf(certificatePem(desk), cut), "no private key in PEM"));
}

} // namespace
