#include "tests/broker/stores/state/StateFixture.h"

namespace keybearer {
namespace {

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

class StateConsentsTest : public StateFixture {};

TEST_F(StateConsentsTest, R9_LastingConsentsSurviveARestart) {
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

TEST_F(StateConsentsTest, R9_AConsentThatWasChangedFromOutsideDoesNotCount) {
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

TEST_F(StateConsentsTest, R9_AConsentOfAnotherDatabaseDoesNotCount) {
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

} // namespace
} // namespace keybearer
