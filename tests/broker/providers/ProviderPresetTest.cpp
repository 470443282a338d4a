#include "broker/providers/ProviderPreset.h"

#include "broker/base/Json.h"
#include "tests/support/SchemaCheck.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace keybearer {
namespace {

constexpr const char* presets = KEYBEARER_SOURCE_DIR "/resources/providers";

std::string textOf(const std::filesystem::path& path) {
    const std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::string errorOf(const std::string& text) {
    const Result<Provider> provider = parseProviderPreset(text, "x.json");
    return provider ? std::string("no error") : provider.error().message;
}

std::string minimalWith(const std::string& members) {
    return R"({"name": "x", "display_name": "X", "issuer": "https://x.example")" + members + "}";
}

TEST(ProviderPreset, EveryMemberArrives) {
    const Result<Provider> provider = parseProviderPreset(R"({
        "$schema": "provider.schema.json", "name": "x", "display_name": "The X",
        "endpoints": {"issuer": "https://x.example", "authorization": "https://x.example/a", "token": "https://x.example/t",
            "revocation": "https://x.example/r", "userinfo": "https://x.example/u",
            "device_authorization": "https://x.example/d", "jwks_uri": "https://x.example/j"},
        "scopes": ["a", "b"], "flows": ["device", "browser"], "auth_method": "client_secret_post",
        "quirks": {"pkce_without_metadata": true, "rejects_resource": true, "requires_secret": true,
            "space_in_scopes": false, "authorization_parameters": {"p": "q"}, "redirect_path": "/cb"},
        "identity": {"url": "https://x.example/me", "subject": ["id"], "label": ["login", "mail"]},
        "help": {"register_url": "https://x.example/apps", "redirect_uri": "http://127.0.0.1/cb", "note": "Do so."}})",
                                                          "x.json");
    ASSERT_TRUE(provider.has_value()) << provider.error().message;
    EXPECT_EQ(provider->name, "x");
    EXPECT_EQ(provider->displayName, "The X");
    EXPECT_FALSE(provider->issuer.has_value());
    ASSERT_TRUE(provider->endpoints.has_value());
    EXPECT_EQ(provider->endpoints->issuer, "https://x.example");
    EXPECT_EQ(provider->endpoints->authorizationEndpoint.path(), QStringLiteral("/a"));
    EXPECT_EQ(provider->endpoints->tokenEndpoint.path(), QStringLiteral("/t"));
    EXPECT_EQ(provider->endpoints->revocationEndpoint.path(), QStringLiteral("/r"));
    EXPECT_EQ(provider->endpoints->userinfoEndpoint.path(), QStringLiteral("/u"));
    EXPECT_EQ(provider->endpoints->deviceAuthorizationEndpoint.path(), QStringLiteral("/d"));
    EXPECT_EQ(provider->endpoints->jwksUri.path(), QStringLiteral("/j"));
    EXPECT_EQ(provider->scopes, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(provider->flows, (std::vector<std::string>{"device", "browser"}));
    EXPECT_EQ(provider->authMethod, ClientAuthMethod::ClientSecretPost);
    EXPECT_TRUE(provider->quirks.pkceWithoutMetadata && provider->quirks.rejectsResource &&
                provider->quirks.requiresSecret && !provider->quirks.spaceInScopes);
    EXPECT_EQ(provider->quirks.authorizationParameters.at("p"), "q");
    EXPECT_EQ(provider->quirks.redirectPath, "/cb");
    EXPECT_EQ(provider->identity->url.path(), QStringLiteral("/me"));
    EXPECT_EQ(provider->identity->subject, std::vector<std::string>{"id"});
    EXPECT_EQ(provider->identity->label, (std::vector<std::string>{"login", "mail"}));
    EXPECT_EQ(provider->help.registerUrl, "https://x.example/apps");
    EXPECT_EQ(provider->help.redirectUri, "http://127.0.0.1/cb");
    EXPECT_EQ(provider->help.note, "Do so.");
}

TEST(ProviderPreset, DefaultsAreThoseOfTheRules) {
    const Result<Provider> provider = parseProviderPreset(minimalWith(""), "x.json");
    ASSERT_TRUE(provider.has_value());
    EXPECT_FALSE(provider->quirks.pkceWithoutMetadata || provider->quirks.rejectsResource ||
                 provider->quirks.requiresSecret);
    EXPECT_TRUE(provider->quirks.spaceInScopes);
    EXPECT_FALSE(provider->identity.has_value());
    EXPECT_FALSE(provider->authMethod.has_value());
}

TEST(ProviderPreset, P1_QuirksAreData) {
    const Result<Provider> provider = parseProviderPreset(minimalWith(R"(, "par": "required", "dpop": "never",
        "quirks": {"ignores_pkce": true, "redirect_port": 3118, "redirect_host": "localhost",
            "json_only_with_accept": true, "basic_without_form_encoding": true,
            "secret_as_basic_user": true, "token_body": "json",
            "token_object": "authed_user", "scope_parameter": "user_scope", "revocation": "github",
            "refresh_token_days": 90},
        "scopes_help": {"read": "Read it all."})"),
                                                          "x.json");
    ASSERT_TRUE(provider.has_value()) << provider.error().message;
    const Provider::Quirks& quirks = provider->quirks;
    EXPECT_TRUE(quirks.ignoresPkce && quirks.jsonOnlyWithAccept && quirks.basicWithoutFormEncoding);
    EXPECT_TRUE(quirks.secretAsBasicUser);
    EXPECT_EQ(quirks.redirectPort, 3118);
    EXPECT_EQ(quirks.redirectHost, "localhost");
    EXPECT_EQ(quirks.tokenBody, Provider::TokenBody::JsonObject);
    EXPECT_EQ(quirks.tokenObject, "authed_user");
    EXPECT_EQ(quirks.scopeParameter, "user_scope");
    EXPECT_EQ(quirks.revocation, Provider::Revocation::GitHub);
    EXPECT_EQ(quirks.refreshTokenDays, 90);
    EXPECT_EQ(provider->par, Provider::Demand::Required);
    EXPECT_EQ(provider->dpop, Provider::Demand::Never);
    EXPECT_EQ(provider->help.scopes.at("read"), "Read it all.");
    EXPECT_EQ(errorOf(minimalWith(R"(, "quirks": {"redirect_port": 80})")),
              "x.json: quirks.redirect_port: must be a whole number from 1024 to 65535");
    EXPECT_EQ(errorOf(minimalWith(R"(, "quirks": {"revocation": "never"})")),
              "x.json: quirks.revocation: is none of rfc7009, none, github");
    EXPECT_EQ(errorOf(minimalWith(R"(, "scopes_help": {"a": 1})")),
              "x.json: scopes_help: must be an object of texts");
}

constexpr const char* perCustomer = R"({"name": "x", "display_name": "X", "issuer": "https://{domain}/oauth2",
    "domain": {"example": "acme.x.example"}, "help": {"register_url": "https://{domain}/admin"}})";

TEST(ProviderPreset, P1_DomainIsPutIntoTheAddresses) {
    const Result<Provider> provider = parseProviderPreset(perCustomer, "x.json", "login.acme.example");
    ASSERT_TRUE(provider.has_value()) << provider.error().message;
    EXPECT_EQ(provider->issuer, "https://login.acme.example/oauth2");
    EXPECT_EQ(provider->help.registerUrl, "https://login.acme.example/admin");
    EXPECT_EQ(provider->domain->value, "login.acme.example");
}

TEST(ProviderPreset, P1_WithoutItsDomainAProviderHasNoAddress) {
    const Result<Provider> provider = parseProviderPreset(perCustomer, "x.json");
    ASSERT_TRUE(provider.has_value()) << provider.error().message;
    EXPECT_FALSE(provider->issuer.has_value());
    EXPECT_TRUE(provider->help.registerUrl.empty()); // an example is never an address to go to
    EXPECT_TRUE(provider->domain->value.empty());
    EXPECT_EQ(provider->domain->example, "acme.x.example");
}

TEST(ProviderPreset, RegistrationThatIsTheSameForAllCustomersIsKept) {
    const Result<Provider> provider =
        parseProviderPreset(R"({"name": "x", "display_name": "X", "issuer": "https://{domain}/",
            "domain": {"example": "acme.x.example"}, "help": {"register_url": "https://manage.x.example/"}})",
                            "x.json");
    ASSERT_TRUE(provider.has_value()) << provider.error().message;
    EXPECT_EQ(provider->help.registerUrl, "https://manage.x.example/");
}

TEST(ProviderPreset, UsualDomainHoldsUntilAnotherIsWritten) {
    const std::string text = R"({"name": "x", "display_name": "X", "issuer": "https://{domain}",
        "domain": {"example": "git.acme.example", "default": "x.example"}})";
    EXPECT_EQ(parseProviderPreset(text, "x.json")->issuer, "https://x.example");
    EXPECT_EQ(parseProviderPreset(text, "x.json", "git.acme.example:8443/sub")->issuer,
              "https://git.acme.example:8443/sub");
}

TEST(ProviderPreset, DomainAndItsPlaceGoTogether) {
    EXPECT_FALSE(parseProviderPreset(minimalWith(""), "x.json", "a.example").has_value());
    EXPECT_NE(errorOf(R"({"name": "x", "display_name": "X", "issuer": "https://{domain}"})"), "no error");
    EXPECT_NE(errorOf(minimalWith(R"(, "domain": {})")), "no error");
    EXPECT_NE(errorOf(minimalWith(R"(, "domain": {"example": "https://a.example"})")), "no error");
}

TEST(ProviderPreset, WhatIsWrongIsNamedWithTheFile) {
    EXPECT_EQ(errorOf(minimalWith(R"(, "scope": ["a"])")),
              "x.json: scope: unknown member; did you mean scopes?");
    EXPECT_EQ(errorOf(minimalWith(R"(, "quirks": {"reject_resource": true})")),
              "x.json: quirks.reject_resource: unknown member; did you mean rejects_resource?");
    EXPECT_EQ(errorOf(minimalWith(R"(, "quirks": {"requires_secret": "yes"})")),
              "x.json: quirks.requires_secret: must be true or false");
    EXPECT_EQ(errorOf(minimalWith(R"(, "flows": ["magic"])")),
              "x.json: flows: magic is none of browser, device, paste, client_credentials");
    EXPECT_EQ(errorOf("{}").substr(0, 13), "x.json: name:");
    EXPECT_EQ(errorOf("{\"name\": \"x\""), "x.json: not valid JSON at byte 13");
    EXPECT_EQ(errorOf(R"({"name": "x", "display_name": "X"})"),
              "x.json: needs issuer or endpoints, one of the two");
}

TEST(ProviderPreset, BrokenOnesAreRefused) {
    for (const std::string& text :
         {std::string("[]"),
          std::string("1"),
          std::string(""),
          minimalWith(", \"name\": \"y\""),
          minimalWith(
              R"(, "endpoints": {"authorization": "https://x.example/a", "token": "https://x.example/t"})"),
          minimalWith(R"(, "scopes": "a b")"),
          minimalWith(R"(, "scopes": ["a b"])"),
          minimalWith(R"(, "scopes": [1])"),
          minimalWith(R"(, "scopes": [])"),
          minimalWith(R"(, "auth_method": "magic")"),
          minimalWith(R"(, "quirks": [])"),
          minimalWith(R"(, "identity": {})"),
          minimalWith(R"(, "identity": {"url": "http://x.example/me"})"),
          minimalWith(R"(, "help": {"register_url": "javascript:alert"})
        "),
            minimalWith(R"(, "help": {"note": 1})"),
          minimalWith(R"(, "quirks": {"redirect_path": "cb"})"),
          minimalWith(R"(, "quirks": {"authorization_parameters": {"a": 1}})"),
          minimalWith(R"(, "quirks": {"authorization_parameters": ["a"]})"),
          std::string(R"({"name": "X", "display_name": "X", "issuer": "https://x.example"})"),
          std::string(R"({"name": "x", "display_name": "X", "issuer": "http://x.example"})"),
          std::string(
              R"({"name": "x", "display_name": "X", "endpoints": {"token": "https://x.example/t"}})")})
        EXPECT_NE(errorOf(text), "no error") << text;
}

// The schema lists the same members as the reader, object by object.
TEST(ProviderPreset, SchemaKnowsTheSameMembers) {
    const Result<Json> schema = parseJson(textOf(std::filesystem::path(presets) / "provider.schema.json"));
    ASSERT_TRUE(schema.has_value());
    for (const auto& [object, members] : providerPresetKeys()) {
        const Json& there = object.empty() ? *schema : schema->at("properties").at(object);
        EXPECT_EQ(there.at("additionalProperties"), Json(false)) << object;
        std::vector<std::string> names;
        for (const auto& [name, unused] : there.at("properties").items())
            names.push_back(name);
        std::vector<std::string> known = members;
        std::sort(known.begin(), known.end());
        EXPECT_EQ(names, known) << object;
    }
    for (const auto& [name, property] : schema->at("properties").items())
        EXPECT_EQ(property.contains("properties"), providerPresetKeys().count(name) == 1) << name;
}

std::vector<std::filesystem::path> presetFiles() {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(presets)) {
        if (entry.path().filename() != "provider.schema.json")
            files.push_back(entry.path());
    }
    return files;
}

TEST(ProviderPreset, P1_ThereAreTwentyAndEachFitsTheSchema) {
    const Result<Json> schema = parseJson(textOf(std::filesystem::path(presets) / "provider.schema.json"));
    ASSERT_TRUE(schema.has_value());
    EXPECT_GE(presetFiles().size(), 20U);
    for (const std::filesystem::path& file : presetFiles()) {
        const Result<Json> preset = parseJson(textOf(file));
        ASSERT_TRUE(preset.has_value()) << file;
        EXPECT_EQ(test::mismatch(*preset, *schema, *schema), "") << file;
    }
}

// What people are told to register is what is sent.
std::string redirectUriOf(const Provider::Quirks& quirks) {
    return "http://" + (quirks.redirectHost.empty() ? "127.0.0.1" : quirks.redirectHost) +
           (quirks.redirectPort == 0 ? "" : ":" + std::to_string(quirks.redirectPort)) + quirks.redirectPath;
}

TEST(ProviderPreset, P1_EveryFileOfTheRepositoryIsSoundAndComplete) {
    for (const std::filesystem::path& path : presetFiles()) {
        const std::string file = path.filename().string();
        const Result<Provider> provider = parseProviderPreset(textOf(path), file);
        ASSERT_TRUE(provider.has_value()) << provider.error().message;
        const Provider::Quirks& quirks = provider->quirks;
        const std::string& note = provider->help.note;
        EXPECT_EQ(provider->name + ".json", file);
        EXPECT_TRUE(!provider->scopes.empty() || note.find("has no scopes") != std::string::npos) << file;
        EXPECT_FALSE(provider->flows.empty()) << file;
        const bool needsDomain = provider->domain && provider->domain->value.empty();
        EXPECT_TRUE(needsDomain || !provider->help.registerUrl.empty()) << file;
        EXPECT_TRUE(provider->clientId.empty()) << file;
        // Without metadata nobody but the preset can say whether S256 is understood.
        EXPECT_TRUE(!provider->endpoints || quirks.pkceWithoutMetadata || quirks.ignoresPkce) << file;
        EXPECT_FALSE(quirks.pkceWithoutMetadata && quirks.ignoresPkce) << file;
        const bool isOpenId = std::count(provider->scopes.begin(), provider->scopes.end(), "openid") == 1;
        EXPECT_TRUE(isOpenId || provider->identity || note.find("who signed in") != std::string::npos)
            << file << " cannot tell who signed in and does not say so";
        EXPECT_EQ(provider->help.redirectUri, quirks.redirectPath.empty() ? "" : redirectUriOf(quirks))
            << file;
        for (const std::string& scope : provider->scopes)
            EXPECT_EQ(provider->help.scopes.count(scope), 1U) << file << " does not explain " << scope;
    }
}

TEST(ProviderPreset, P1_PresetsWithADomainWorkOnceItIsWritten) {
    for (const std::filesystem::path& path : presetFiles()) {
        const std::string text = textOf(path);
        if (text.find("{domain}") == std::string::npos)
            continue;
        const Result<Provider> provider =
            parseProviderPreset(text, path.filename().string(), "sso.acme.example/x");
        ASSERT_TRUE(provider.has_value()) << provider.error().message;
        EXPECT_TRUE(provider->issuer.has_value() || provider->endpoints.has_value()) << path;
    }
}

} // namespace
} // namespace keybearer
