#include "app/import/SecretForm.h"

#include <gtest/gtest.h>

namespace keybearer::testing {
namespace {

std::string kindOf(std::string_view name, std::string_view value) {
    const auto form = secretIn(name, value);
    return form ? std::string(form->kind) : std::string();
}

TEST(SecretForm, KnownFormsAreSecretsWhateverTheyAreCalled) {
    EXPECT_EQ(kindOf("X", "ghp_abcdefghijklmnopqrst"), "github_token");
    EXPECT_EQ(kindOf("X", "github_pat_11ABCDEFG0abcdefghij"), "github_token");
    EXPECT_EQ(kindOf("X", "glpat-abcdefghijklmnop"), "gitlab_token");
    EXPECT_EQ(kindOf("X", "xoxb-1234567890-abc"), "slack_token");
    EXPECT_EQ(kindOf("X", "sk-ant-api03-abcdefghijkl"), "anthropic_key");
    EXPECT_EQ(kindOf("X", "AKIAIOSFODNN7EXAMPLE"), "aws_key");
    EXPECT_EQ(kindOf("X", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"), "jwt");
    EXPECT_EQ(kindOf("X", "Bearer abcdef1234"), "bearer");
    EXPECT_EQ(kindOf("X", "postgres://ana:pw1234@db/x"), "url_password");
    EXPECT_EQ(kindOf("X", R"({"Authorization": "Bearer ntn_abcdefghijklmnopqrst"})"), "notion_token");
}

TEST(SecretForm, NamesTellWhereFormsDoNot) {
    for (const char* name :
         {"API_TOKEN", "apiKey", "X-Api-Key", "--password", "DB_PASS", "TOKEN_2", "linearApiKey"})
        EXPECT_EQ(kindOf(name, "abcd1234"), "named") << name;
    for (const char* name :
         {"MAX_TOKENS", "TOKEN_FILE", "AWS_ACCESS_KEY_ID", "MONKEY", "LOG", "KEYBOARD", ""})
        EXPECT_EQ(kindOf(name, "abcd1234"), "") << name;
}

TEST(SecretForm, ReferencesExamplesPathsAndSwitchesAreNoSecrets) {
    for (const char* value : {"${input:key}", "${env:TOKEN}", "${TOKEN}", "$TOKEN", "%TOKEN%",
                              "op://vault/item", "Bearer ${TOKEN}", "<your token>", "YOUR_API_KEY",
                              "xxxxxxxx", "true", "", "/etc/key", "~/key", "C:\\key", "https://example.com"})
        EXPECT_EQ(kindOf("API_TOKEN", value), "") << value;
}

TEST(SecretForm, NoMoreIsShownThanAPrefixAndTwoCharactersOfALongOne) {
    EXPECT_EQ(maskedSecret("ghp_abcdefghijklmnopqrstuvwxyz4f"), "ghp_...4f");
    EXPECT_EQ(maskedSecret("Bearer ghp_abcdefghijklmnopqrstuvwxyz4f"), "Bearer ghp_...4f");
    EXPECT_EQ(maskedSecret("short"), "...");
    EXPECT_EQ(maskedSecret("with several words in it, quite long"), "...");
    EXPECT_EQ(maskedSecret("0123456789abcdef0123"), "...23");
}

TEST(SecretForm, AddressesLoseTheirSecretsAndNothingElse) {
    EXPECT_EQ(maskedAddress("https://mcp.example/v1/mcp?team=a"), "https://mcp.example/v1/mcp?team=a");
    EXPECT_EQ(maskedAddress("https://ana:pw@mcp.example/x"), "https://ana:...@mcp.example/x");
    EXPECT_EQ(maskedAddress("https://mcp.example/?api_key=abc&x=1"), "https://mcp.example/?api_key=...&x=1");
    EXPECT_EQ(maskedAddress("https://mcp.example/s/ab12cd34ef56ab12cd34ef56ab12cd34ef56/mcp"),
              "https://mcp.example/s/...56/mcp");
    EXPECT_FALSE(addressHoldsSecret("https://mcp.example/123e4567-e89b-12d3-a456-426614174000/mcp"));
    EXPECT_TRUE(addressHoldsSecret("https://mcp.example/?token=abc"));
}

TEST(SecretForm, TextsLoseWhatHasTheFormOfASecret) {
    EXPECT_EQ(maskedText("use ghp_abcdefghijklmnopqrstuvwxyz4f, or KEY=sk-abcdefghijklmnopqrstuvwx"),
              "use ghp_...4f, or KEY=sk-...wx");
    EXPECT_EQ(maskedText("nothing here"), "nothing here");
}

} // namespace
} // namespace keybearer::testing
