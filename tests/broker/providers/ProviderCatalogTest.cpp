#include "broker/providers/ProviderCatalog.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sys/stat.h>

namespace keybearer {
namespace {

Config configFrom(std::string_view text) {
    Result<Config> config = parseConfig(text, "/etc/kb/config.yaml", {});
    EXPECT_TRUE(config.has_value()) << config.error().message;
    return std::move(*config);
}

class ProviderDirectory : public testing::Test {
protected:
    void SetUp() override {
        std::string pattern = std::filesystem::temp_directory_path() / "kbprovidersXXXXXX";
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        directory_ = pattern;
    }
    void TearDown() override { std::filesystem::remove_all(directory_); }
    void write(const std::string& name, const std::string& text) const {
        std::ofstream(directory_ / name) << text;
        ASSERT_EQ(chmod((directory_ / name).c_str(), 0600), 0);
    }
    std::filesystem::path directory_;
};

TEST(ProviderCatalog, PresetsAreBuiltIn) {
    const Result<ProviderCatalog> catalog = ProviderCatalog::load(Config{}, {});
    ASSERT_TRUE(catalog.has_value()) << catalog.error().message;
    for (const char* name : {"github", "gitlab", "google", "linear", "microsoft"}) {
        ASSERT_NE(catalog->find(name), nullptr) << name;
        EXPECT_EQ(catalog->find(name)->name, name);
    }
    EXPECT_EQ(catalog->find("provider.schema"), nullptr);
    EXPECT_EQ(catalog->find(""), nullptr);
    EXPECT_EQ(catalog->find("GitHub"), nullptr);
    const std::vector<std::string> names = catalog->names();
    EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
    EXPECT_EQ(names.size(), catalog->all().size());
}

TEST(ProviderCatalog, AnotherConfigurationTakesThePlaceOfTheOneBefore) {
    Result<ProviderCatalog> catalog =
        ProviderCatalog::load(configFrom("providers: {gitlab: {client_id: old, client_secret: s}, "
                                         "gone: {issuer: 'https://gone.example', client_id: c}}"),
                              {});
    Result<ProviderCatalog> fresh = ProviderCatalog::load(
        configFrom("providers: {github: {client_id: abc}, gitlab: {client_id: new, "
                   "client_secret: s}, corp: {issuer: 'https://sso.example', client_id: c}}"),
        {});
    ASSERT_TRUE(catalog && fresh);
    const Provider* gitlab = catalog->find("gitlab");
    const Provider* slack = catalog->find("slack");
    catalog->replace(std::move(*fresh));
    EXPECT_EQ(catalog->find("slack"), slack) << "what says the same stays";
    EXPECT_EQ(catalog->find("gitlab")->clientId, "new");
    EXPECT_EQ(gitlab->clientId, "old") << "whoever is in the middle of something reads on in what it was";
    EXPECT_EQ(catalog->find("github")->clientId, "abc");
    EXPECT_NE(catalog->find("corp"), nullptr);
    EXPECT_EQ(catalog->find("gone"), nullptr);
    EXPECT_TRUE(catalog->findByIssuer("https://sso.example"));
    const std::vector<std::string> names = catalog->names();
    EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
}

TEST(ProviderCatalog, ASecretThatStaysTheSameChangesNothing) {
    const char* text = "providers: {gitlab: {client_id: x, client_secret: s}}";
    Result<ProviderCatalog> catalog = ProviderCatalog::load(configFrom(text), {});
    Result<ProviderCatalog> same = ProviderCatalog::load(configFrom(text), {});
    Result<ProviderCatalog> other =
        ProviderCatalog::load(configFrom("providers: {gitlab: {client_id: x, client_secret: t}}"), {});
    ASSERT_TRUE(catalog && same && other);
    const Provider* gitlab = catalog->find("gitlab");
    catalog->replace(std::move(*same));
    EXPECT_EQ(catalog->find("gitlab"), gitlab);
    catalog->replace(std::move(*other));
    EXPECT_NE(catalog->find("gitlab"), gitlab);
    EXPECT_EQ(catalog->find("gitlab")->clientSecret->open().reveal(), "t");
}

TEST(ProviderCatalog, WhatWasFoundAtRunTimeStaysUnlessTheConfigurationNamesIt) {
    Result<ProviderCatalog> catalog = ProviderCatalog::load(configFrom(""), {});
    ASSERT_TRUE(catalog);
    for (const char* host : {"one", "two"}) {
        Provider found;
        found.name = std::string(host) + ".example";
        found.resource.emplace();
        found.resource->server = "https://" + found.name + "/mcp";
        catalog->adopt(std::move(found));
    }
    Result<ProviderCatalog> fresh =
        ProviderCatalog::load(configFrom("services: {mine: {url: 'https://one.example/mcp'}}"), {});
    ASSERT_TRUE(fresh);
    catalog->replace(std::move(*fresh));
    EXPECT_EQ(catalog->find("one.example"), nullptr);
    EXPECT_NE(catalog->find("mine"), nullptr);
    EXPECT_NE(catalog->find("two.example"), nullptr);
    Result<ProviderCatalog> without = ProviderCatalog::load(configFrom(""), {});
    catalog->replace(std::move(*without));
    EXPECT_EQ(catalog->find("mine"), nullptr);
    EXPECT_EQ(catalog->findServer("https://one.example/mcp"), nullptr);
}

TEST(ProviderCatalog, QuirksOfThePresetsAreKnown) {
    const Result<ProviderCatalog> catalog = ProviderCatalog::load(Config{}, {});
    ASSERT_TRUE(catalog.has_value());
    const Provider& google = *catalog->find("google");
    EXPECT_TRUE(google.quirks.requiresSecret);
    EXPECT_EQ(google.quirks.authorizationParameters.at("access_type"), "offline");
    EXPECT_EQ(google.quirks.authorizationParameters.at("prompt"), "consent");
    const Provider& github = *catalog->find("github");
    EXPECT_EQ(github.identity->url, QUrl(QStringLiteral("https://api.github.com/user")));
    EXPECT_EQ(github.identity->subject.front(), "id");
    EXPECT_EQ(github.identity->label.front(), "login");
    EXPECT_TRUE(github.endpoints->revocationEndpoint.isEmpty());
    // The metadata of /common names its issuer as a pattern, which no ID token can equal.
    EXPECT_TRUE(catalog->find("microsoft")->endpoints->issuer.empty());
}

TEST(ProviderCatalog, P2_ConfigurationAddsAndChangesProviders) {
    const Result<ProviderCatalog> catalog = ProviderCatalog::load(
        configFrom("providers:\n  github: {client_id: abc}\n  corp: {issuer: 'https://login.example.com'}\n"),
        {});
    ASSERT_TRUE(catalog.has_value()) << catalog.error().message;
    EXPECT_EQ(catalog->find("github")->clientId, "abc");
    EXPECT_EQ(catalog->find("github")->displayName, "GitHub");
    EXPECT_EQ(catalog->find("corp")->issuer, "https://login.example.com");
    EXPECT_TRUE(catalog->find("google")->clientId.empty());
}

TEST(ProviderCatalog, FaultOfAnEntryNamesItsLine) {
    const Result<ProviderCatalog> catalog =
        ProviderCatalog::load(configFrom("providers:\n  githbu: {client_id: abc}\n"), {});
    ASSERT_FALSE(catalog.has_value());
    EXPECT_EQ(catalog.error().code, ErrorCode::InvalidParams);
    EXPECT_EQ(catalog.error().message.substr(0, 42), "config.yaml:2: providers.githbu: is no pre");
    EXPECT_NE(catalog.error().action.find("github"), std::string::npos);
}

TEST(ProviderCatalog, CallerMayOnlyBeAllowedWhatThereIs) {
    const Result<ProviderCatalog> catalog =
        ProviderCatalog::load(configFrom("callers: [{match: {exe: /bin/x}, allow: [githbu]}]\n"), {});
    ASSERT_FALSE(catalog.has_value());
    EXPECT_EQ(catalog.error().code, ErrorCode::InvalidParams);
    EXPECT_EQ(catalog.error().message, "callers: there is no provider called githbu");
}

TEST(ProviderCatalog, TheDemoProviderMayBeAllowedBeforeItIsThere) {
    const Result<ProviderCatalog> catalog =
        ProviderCatalog::load(configFrom("callers: [{match: {exe: /bin/x}, allow: [demo]}]\n"), {});
    ASSERT_TRUE(catalog.has_value()) << catalog.error().message;
    EXPECT_EQ(catalog->find("demo"), nullptr);
}

TEST(ProviderCatalog, IssuerFindsItsProvider) {
    const Result<ProviderCatalog> catalog = ProviderCatalog::load(Config{}, {});
    ASSERT_TRUE(catalog.has_value());
    EXPECT_EQ(catalog->findByIssuer("https://accounts.google.com"), catalog->find("google"));
    EXPECT_EQ(catalog->findByIssuer("https://accounts.google.com/"), catalog->find("google"));
    EXPECT_EQ(catalog->findByIssuer("https://github.com/login/oauth"), catalog->find("github"));
    for (const char* issuer : {"", "/", "https://ACCOUNTS.google.com", "https://accounts.google.com//",
                               "http://accounts.google.com"})
        EXPECT_EQ(catalog->findByIssuer(issuer), nullptr) << issuer;
}

TEST(ProviderCatalog, UnknownNameGetsTheNearest) {
    const Result<ProviderCatalog> catalog = ProviderCatalog::load(Config{}, {});
    const Error error = catalog->unknownProvider("githb\x1b[2J");
    EXPECT_EQ(error.code, ErrorCode::NotFound);
    EXPECT_EQ(error.message.find('\x1b'), std::string::npos);
    const Error near = catalog->unknownProvider("githb");
    EXPECT_EQ(std::get<std::string>(*near.detail("did_you_mean")), "github");
    EXPECT_EQ(catalog->unknownProvider("zzzzzzzzzzzzzz").detail("did_you_mean"), nullptr);
}

TEST_F(ProviderDirectory, FilesOfTheDirectoryAddToAndReplaceThePresets) {
    write("corp.json", R"({"name": "corp", "display_name": "Corp", "issuer": "https://login.example.com"})");
    write("github.json",
          R"({"name": "github", "display_name": "Ours", "issuer": "https://git.example.com"})");
    write("README.md", "no preset");
    const Result<ProviderCatalog> catalog = ProviderCatalog::load(Config{}, directory_);
    ASSERT_TRUE(catalog.has_value()) << catalog.error().message;
    EXPECT_EQ(catalog->find("corp")->displayName, "Corp");
    EXPECT_EQ(catalog->find("github")->displayName, "Ours");
    setenv("KEYBEARER_PROVIDERS_DIR", directory_.c_str(), 1);
    EXPECT_NE(ProviderCatalog::load(Config{})->find("corp"), nullptr);
    unsetenv("KEYBEARER_PROVIDERS_DIR");
    EXPECT_EQ(ProviderCatalog::load(Config{})->find("corp"), nullptr);
}

TEST_F(ProviderDirectory, WrongFileOrDirectoryIsNamed) {
    write("corp.json", R"({"name": "corp", "display_nam": "Corp", "issuer": "https://login.example.com"})");
    EXPECT_EQ(ProviderCatalog::load(Config{}, directory_).error().message.substr(0, 28),
              "corp.json: display_nam: unkn");
    write("corp.json", R"({"name": "other", "display_name": "Corp", "issuer": "https://login.example.com"})");
    EXPECT_EQ(ProviderCatalog::load(Config{}, directory_).error().message,
              "corp.json: the file must be called other.json, after the provider");
    EXPECT_NE(
        ProviderCatalog::load(Config{}, directory_ / "none").error().message.find("KEYBEARER_PROVIDERS_DIR"),
        std::string::npos);
}

TEST_F(ProviderDirectory, FileThatOthersMayChangeIsRefused) {
    write("corp.json", R"({"name": "corp", "display_name": "Corp", "issuer": "https://login.example.com"})");
    ASSERT_EQ(chmod((directory_ / "corp.json").c_str(), 0666), 0);
    EXPECT_EQ(ProviderCatalog::load(Config{}, directory_).error().message, "corp.json: others may change it");
}

} // namespace
} // namespace keybearer
