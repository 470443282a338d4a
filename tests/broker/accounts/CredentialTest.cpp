#include "broker/accounts/Credential.h"

#include "broker/oauth/SigningKey.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

TokenSet response(const std::string& access, const std::string& refresh) {
    TokenSet tokens;
    tokens.accessToken = AccessToken(Secret::copyOf(access));
    tokens.tokenType = "Bearer";
    tokens.refreshToken = RefreshToken(Secret::copyOf(refresh));
    tokens.expiresIn = std::chrono::seconds(3600);
    tokens.receivedAt = WallTime(std::chrono::seconds(1'900'000'000));
    return tokens;
}

TEST(CredentialSecrets, ComeBackAsTheyWerePacked) {
    CredentialSecrets secrets = firstSecrets(response("at", "rt"), {"repo"}, 7);
    secrets.previousRefreshToken = RefreshToken(Secret::copyOf("old"));
    const auto back = unpackSecrets(packSecrets(secrets));
    ASSERT_TRUE(back);
    EXPECT_EQ(back->generation, 7U);
    EXPECT_EQ(back->accessToken.reveal(), "at");
    EXPECT_EQ(back->refreshToken.reveal(), "rt");
    EXPECT_EQ(back->previousRefreshToken.reveal(), "old");
    EXPECT_EQ(back->expiresAt, secrets.expiresAt);
    EXPECT_EQ(back->issuedAt, secrets.issuedAt);
    EXPECT_EQ(back->scopes, std::vector<std::string>{"repo"});
}

TEST(CredentialSecrets, DamageAndNewerVersionsAreToldApart) {
    EXPECT_EQ(unpackSecrets(Secret::copyOf("{\"v\":1")).error().code, ErrorCode::ParseError);
    EXPECT_EQ(unpackSecrets(Secret::copyOf("{\"v\":1,\"generation\":1}")).error().code,
              ErrorCode::ParseError);
    EXPECT_EQ(unpackSecrets(Secret::copyOf("{\"v\":2,\"access_token\":\"a\"}")).error().code,
              ErrorCode::NotFound);
}

TEST(CredentialSecrets, SEC_C_26_AMissingRefreshTokenKeepsTheOldOne) {
    const CredentialSecrets before = firstSecrets(response("at1", "rt1"), {"repo"}, 1);
    const CredentialSecrets after = succeed(before, response("at2", ""));
    EXPECT_EQ(after.generation, 2U);
    EXPECT_EQ(after.accessToken.reveal(), "at2");
    EXPECT_EQ(after.refreshToken.reveal(), "rt1");
    EXPECT_TRUE(after.previousRefreshToken.empty());
}

TEST(CredentialSecrets, SEC_C_26_ANewRefreshTokenReplacesTheOldOneAndRemembersIt) {
    const CredentialSecrets after =
        succeed(firstSecrets(response("at1", "rt1"), {}, 1), response("at2", "rt2"));
    EXPECT_EQ(after.refreshToken.reveal(), "rt2");
    EXPECT_EQ(after.previousRefreshToken.reveal(), "rt1");
}

TEST(CredentialSecrets, SEC_C_30_TheGrantedScopesAreWhatIsStored) {
    TokenSet narrowed = response("at", "rt");
    narrowed.scopes = std::vector<std::string>{"read"};
    EXPECT_EQ(firstSecrets(std::move(narrowed), {"read", "write"}, 1).scopes,
              std::vector<std::string>{"read"});
    EXPECT_EQ(firstSecrets(response("at", "rt"), {"read", "write"}, 1).scopes.size(), 2U);
    const CredentialSecrets before = firstSecrets(response("at", "rt"), {"read"}, 1);
    EXPECT_EQ(succeed(before, response("at", "rt")).scopes, std::vector<std::string>{"read"});
}

TEST(Credential, P11_TheKeyOfBoundTokensStaysWithThem) {
    TokenSet bound = response("at", "rt");
    bound.dpopKey = SigningKey::generate();
    const std::string pem(bound.dpopKey->pem().reveal());
    const CredentialSecrets before = firstSecrets(std::move(bound), {"read"}, 1);
    EXPECT_TRUE(before.dpopKey.equals(pem));
    const CredentialSecrets after = succeed(before, response("at-2", ""));
    EXPECT_TRUE(after.dpopKey.equals(pem));
    const Result<CredentialSecrets> read = unpackSecrets(packSecrets(after));
    ASSERT_TRUE(read);
    EXPECT_TRUE(read->dpopKey.equals(pem));
    EXPECT_TRUE(firstSecrets(response("at", "rt"), {"read"}, 1).dpopKey.empty());
}

TEST(Credential, P11_TheNewestIdTokenIsKeptUnlessItIsOverlong) {
    TokenSet first = response("at1", "rt1");
    first.idToken = Secret::copyOf("id-1");
    const CredentialSecrets kept = firstSecrets(std::move(first), {}, 1);
    EXPECT_EQ(unpackSecrets(packSecrets(kept))->idToken.reveal(), "id-1");
    EXPECT_EQ(succeed(kept, response("at2", "")).idToken.reveal(), "id-1");
    TokenSet second = response("at2", "");
    second.idToken = Secret::copyOf("id-2");
    EXPECT_EQ(succeed(kept, std::move(second)).idToken.reveal(), "id-2");
    TokenSet longer = response("at3", "");
    longer.idToken = Secret::copyOf(std::string(20'000, 'x'));
    EXPECT_TRUE(firstSecrets(std::move(longer), {}, 1).idToken.empty());
}

} // namespace
} // namespace keybearer
