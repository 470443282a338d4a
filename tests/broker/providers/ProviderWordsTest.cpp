#include "broker/providers/ProviderWords.h"

#include "broker/providers/ProviderCatalog.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

Provider corp() {
    Provider provider;
    provider.name = "my-corp";
    return provider;
}

TEST(ProviderWords, ProviderThatKeepsToTheRulesHasNoQuirks) {
    EXPECT_TRUE(quirkWords(corp()).empty());
}

TEST(ProviderWords, P1_EveryQuirkHasItsSentence) {
    Provider provider = corp();
    Provider::Quirks& quirks = provider.quirks;
    quirks.requiresSecret = quirks.ignoresPkce = quirks.rejectsResource = true;
    quirks.jsonOnlyWithAccept = quirks.secretAsBasicUser = quirks.basicWithoutFormEncoding = true;
    quirks.spaceInScopes = false;
    quirks.redirectPort = 3118;
    quirks.redirectHost = "localhost";
    quirks.scopeParameter = "user_scope";
    quirks.tokenObject = "authed_user";
    quirks.tokenBody = Provider::TokenBody::JsonObject;
    quirks.refreshTokenDays = 30;
    quirks.revocation = Provider::Revocation::None;
    provider.par = provider.dpop = Provider::Demand::Required;
    EXPECT_EQ(quirkWords(provider).size(), 16U);
    quirks.revocation = Provider::Revocation::GitHub;
    EXPECT_EQ(quirkWords(provider).size(), 16U);
}

TEST(ProviderWords, RedirectAddressIsWhatASignInSends) {
    Provider provider = corp();
    EXPECT_EQ(sentRedirectUri(provider), "");
    provider.quirks.redirectPath = "/cb";
    EXPECT_EQ(sentRedirectUri(provider), "http://127.0.0.1/cb");
    provider.quirks.redirectPort = 3118;
    provider.quirks.redirectHost = "localhost";
    EXPECT_EQ(sentRedirectUri(provider), "http://localhost:3118/cb");
}

TEST(ProviderWords, LinesToWriteHoldWhatIsMissing) {
    Provider provider = corp();
    EXPECT_EQ(configLines(provider), "providers:\n  my-corp:\n    client_id: YOUR-CLIENT-ID\n");
    provider.clientId = "abc";
    provider.quirks.requiresSecret = true;
    provider.domain = {"", "acme.example", ""};
    EXPECT_EQ(configLines(provider), "providers:\n  my-corp:\n    domain: acme.example\n    client_id: abc\n"
                                     "    client_secret: \"${MY_CORP_CLIENT_SECRET}\"\n");
}

TEST(ProviderWords, LinesThatAreShownAreAConfigurationThatIsRead) {
    const Result<ProviderCatalog> presets = ProviderCatalog::load(Config{}, "");
    ASSERT_TRUE(presets.has_value());
    for (const Provider* preset : presets->all()) {
        Environment environment;
        for (const char* name : {"GITHUB", "GOOGLE", "ATLASSIAN", "BITBUCKET", "NOTION", "STRIPE", "FIGMA",
                                 "ASANA", "HUBSPOT", "BOX"})
            environment[std::string(name).append("_CLIENT_SECRET")] = "hush";
        const Result<Config> config = parseConfig(configLines(*preset), "/etc/kb/config.yaml", environment);
        ASSERT_TRUE(config.has_value()) << config.error().message;
        const Result<ProviderCatalog> catalog = ProviderCatalog::load(*config, "");
        ASSERT_TRUE(catalog.has_value()) << catalog.error().message;
        EXPECT_EQ(catalog->find(preset->name)->clientId, "YOUR-CLIENT-ID");
    }
}

} // namespace
} // namespace keybearer
