#include "broker/providers/ProviderMerge.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

std::shared_ptr<const SealedSecret> secret() {
    return std::make_shared<const SealedSecret>(Secret::copyOf("hush"));
}

Config::ProviderEntry entry() {
    Config::ProviderEntry made;
    made.name = "corp";
    made.where = "config.yaml:7";
    return made;
}

Provider preset() {
    Provider made;
    made.name = "corp";
    made.displayName = "Corp";
    made.endpoints.emplace();
    made.endpoints->authorizationEndpoint = QUrl(QStringLiteral("https://preset.example/a"));
    made.endpoints->tokenEndpoint = QUrl(QStringLiteral("https://preset.example/t"));
    made.endpoints->revocationEndpoint = QUrl(QStringLiteral("https://preset.example/r"));
    made.identity.emplace();
    made.identity->url = QUrl(QStringLiteral("https://api.preset.example/me"));
    made.identity->subject = {"id"};
    made.authMethod = ClientAuthMethod::ClientSecretPost;
    made.scopes = {"a"};
    made.flows = {"browser"};
    made.quirks.pkceWithoutMetadata = true;
    made.help.registerUrl = "https://preset.example/apps";
    return made;
}

TEST(ProviderMerge, EntryChangesOnlyWhatItNames) {
    Config::ProviderEntry own = entry();
    own.clientId = "abc";
    const Result<Provider> merged = mergeProvider(preset(), own);
    ASSERT_TRUE(merged.has_value());
    EXPECT_EQ(merged->clientId, "abc");
    EXPECT_EQ(merged->scopes, std::vector<std::string>{"a"});
    EXPECT_EQ(merged->endpoints->tokenEndpoint.host(), QStringLiteral("preset.example"));
    EXPECT_TRUE(merged->identity.has_value());
    EXPECT_EQ(merged->help.registerUrl, "https://preset.example/apps");
    own.scopes = std::vector<std::string>{};
    own.flows = std::vector<std::string>{"device"};
    EXPECT_TRUE(mergeProvider(preset(), own)->scopes.empty());
    EXPECT_EQ(mergeProvider(preset(), own)->flows, std::vector<std::string>{"device"});
}

TEST(ProviderMerge, SEC_C_17_EndpointsOfPresetAndEntryAreNeverMixed) {
    Config::ProviderEntry own = entry();
    own.tokenEndpoint = "https://other.example/t";
    const Result<Provider> half = mergeProvider(preset(), own);
    ASSERT_FALSE(half.has_value());
    EXPECT_EQ(half.error().message,
              "config.yaml:7: providers.corp: needs issuer, or authorization_endpoint and "
              "token_endpoint together");
    own.authorizationEndpoint = "https://other.example/a";
    const Result<Provider> whole = mergeProvider(preset(), own);
    ASSERT_TRUE(whole.has_value());
    EXPECT_TRUE(whole->endpoints->revocationEndpoint.isEmpty());
    EXPECT_FALSE(whole->identity.has_value()); // the token is not for api.preset.example
    EXPECT_EQ(whole->help.registerUrl, "");
}

TEST(ProviderMerge, IssuerReplacesTheEndpointsOfThePreset) {
    Config::ProviderEntry own = entry();
    own.issuer = "https://other.example";
    const Result<Provider> merged = mergeProvider(preset(), own);
    ASSERT_TRUE(merged.has_value());
    EXPECT_EQ(merged->issuer, "https://other.example");
    EXPECT_FALSE(merged->endpoints.has_value());
    EXPECT_FALSE(merged->identity.has_value());
    own.tokenEndpoint = "https://other.example/t";
    EXPECT_NE(mergeProvider(preset(), own).error().message.find("beside issuer stands an endpoint"),
              std::string::npos);
}

TEST(ProviderMerge, OwnUserinfoKeepsTheMembersThatThePresetKnows) {
    Config::ProviderEntry own = entry();
    own.authorizationEndpoint = "https://other.example/a";
    own.tokenEndpoint = "https://other.example/t";
    own.userinfoEndpoint = "https://other.example/me";
    const Result<Provider> merged = mergeProvider(preset(), own);
    ASSERT_TRUE(merged.has_value());
    EXPECT_EQ(merged->identity->url.host(), QStringLiteral("other.example"));
    EXPECT_EQ(merged->identity->subject, std::vector<std::string>{"id"});
}

TEST(ProviderMerge, ProviderOfTheConfigurationAloneNeedsToKnowItsServer) {
    EXPECT_EQ(providerFrom(entry()).error().message,
              "config.yaml:7: providers.corp: is no preset, so it needs issuer, "
              "or authorization_endpoint and token_endpoint");
    Config::ProviderEntry own = entry();
    own.issuer = "https://login.example.com";
    const Result<Provider> discovered = providerFrom(own);
    ASSERT_TRUE(discovered.has_value());
    EXPECT_EQ(discovered->displayName, "corp");
    EXPECT_EQ(discovered->issuer, "https://login.example.com");
    EXPECT_FALSE(discovered->quirks.pkceWithoutMetadata); // the metadata says
    EXPECT_FALSE(discovered->flows.empty());
    own.authorizationEndpoint = "https://login.example.com/a";
    own.tokenEndpoint = "https://login.example.com/t";
    const Result<Provider> explicitly = providerFrom(own);
    ASSERT_TRUE(explicitly.has_value());
    EXPECT_FALSE(explicitly->issuer.has_value());
    EXPECT_EQ(explicitly->endpoints->issuer, "https://login.example.com");
    EXPECT_TRUE(explicitly->quirks.pkceWithoutMetadata);
}

TEST(ProviderMerge, TimeoutParDpopAndMembersAreTheEntrys) {
    Config::ProviderEntry own = entry();
    own.timeout = std::chrono::seconds(90);
    own.par = "required";
    own.dpop = "never";
    own.labelMembers = std::vector<std::string>{"nick"};
    const Result<Provider> merged = mergeProvider(preset(), own);
    ASSERT_TRUE(merged.has_value());
    EXPECT_EQ(merged->timeout, std::chrono::seconds(90));
    EXPECT_EQ(merged->par, Provider::Demand::Required);
    EXPECT_EQ(merged->dpop, Provider::Demand::Never);
    EXPECT_EQ(merged->identity->label, std::vector<std::string>{"nick"});
    EXPECT_EQ(merged->identity->subject, std::vector<std::string>{"id"});
    EXPECT_FALSE(mergeProvider(preset(), entry())->timeout.has_value());
}

TEST(ProviderMerge, P1_PresetThatNeedsADomainSaysSo) {
    Provider perCustomer = preset();
    perCustomer.endpoints.reset();
    perCustomer.domain = {"", "acme.okta.com", ""};
    EXPECT_EQ(mergeProvider(perCustomer, entry()).error().message,
              "config.yaml:7: providers.corp: needs domain, for example domain: acme.okta.com");
    Config::ProviderEntry own = entry();
    own.issuer = "https://other.example";
    EXPECT_TRUE(mergeProvider(perCustomer, own).has_value());
    own.domain = "a.example";
    EXPECT_NE(providerFrom(own).error().message.find("no use for domain"), std::string::npos);
}

TEST(ProviderMerge, P8_NoProviderTakesTheNameOfTheApiKeys) {
    Config::ProviderEntry own;
    own.name = "apikey";
    own.issuer = "https://login.example.com";
    own.clientId = "desk";
    ASSERT_FALSE(providerFrom(own));
    EXPECT_NE(providerFrom(own).error().message.find("choose another name"), std::string::npos);
}

TEST(ProviderMerge, MethodAndSecretMustFitTogether) {
    Config::ProviderEntry own = entry();
    own.clientId = "abc";
    EXPECT_FALSE(mergeProvider(preset(), own)->authMethod.has_value()); // nothing to send
    own.authMethod = "client_secret_basic";
    EXPECT_NE(mergeProvider(preset(), own).error().message.find("needs a client_secret"), std::string::npos);
    own.clientSecret = secret();
    EXPECT_EQ(mergeProvider(preset(), own)->authMethod, ClientAuthMethod::ClientSecretBasic);
    own.authMethod.reset();
    EXPECT_EQ(mergeProvider(preset(), own)->authMethod, ClientAuthMethod::ClientSecretPost);
    EXPECT_TRUE(mergeProvider(preset(), own)->clientSecret->open().equals("hush"));
    own.clientId.reset();
    EXPECT_NE(mergeProvider(preset(), own).error().message.find("no client_id"), std::string::npos);
}

TEST(ProviderMerge, P11_WhoeverSaysWhoseWordCountsWantsNoBrowser) {
    ServiceConfig service;
    service.name = "docs";
    service.url = "https://mcp.example/mcp";
    const auto flows = [&] { return providerFrom(service, service.url)->flows; };
    EXPECT_EQ(flows().front(), "browser");
    service.workloadTokenFile = "/run/token";
    EXPECT_EQ(flows(), std::vector<std::string>{"workload"});
    service.enterprise.emplace().provider = "corp";
    EXPECT_EQ(flows(), std::vector<std::string>{"enterprise"});
    service.flow = "browser";
    EXPECT_EQ(flows(), std::vector<std::string>{"browser"}) << "what is said outright counts";
}

} // namespace
} // namespace keybearer
