#include "tests/app/cli/CliRun.h"

#include "broker/base/Json.h"

#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

namespace keybearer::testing {
namespace {

std::string contentOf(const std::filesystem::path& path) {
    const std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

Json slack() {
    return Json{
        {"name", "slack"},
        {"display_name", "Slack"},
        {"configured", false},
        {"scopes", {"users:read"}},
        {"flows", {"browser"}},
        {"register_url", "https://api.slack.com/apps"},
        {"redirect_uri", "http://localhost:48117/callback"},
        {"note", "Switch on PKCE."},
        {"endpoints", {{"authorization", "https://slack.com/oauth/v2/authorize"}}},
        {"scopes_help", {{"users:read", "See who is there."}, {"chat:write", "Send\x1b[2J messages."}}},
        {"quirks", {"It separates scopes with commas."}},
        {"config", "providers:\n  slack:\n    client_id: YOUR-CLIENT-ID\n"}};
}

TEST(Provider, ShowSaysWhereToRegisterAndWhatToWrite) {
    ScriptedBroker broker;
    broker.on("provider.show", slack());
    const ProgramRun run = keybearer(broker, {"provider", "show", "slack"});
    EXPECT_EQ(run.status, 0) << run.err;
    for (const char* words : {"https://api.slack.com/apps", "http://localhost:48117/callback",
                              "* See who is there.", "It separates scopes with commas.", "Switch on PKCE."})
        EXPECT_NE(run.out.find(words), std::string::npos) << words << "\n" << run.out;
    EXPECT_NE(run.err.find("providers:\n  slack:\n    client_id: YOUR-CLIENT-ID\n"), std::string::npos)
        << run.err;
    EXPECT_EQ(run.out.find('\x1b'), std::string::npos);
    const ProgramRun json = keybearer(broker, {"--json", "provider", "show", "slack"});
    EXPECT_EQ(*parseJson(json.out.substr(0, json.out.size() - 1)), slack());
}

Json testAnswer(const char* level, const char* name) {
    return Json{
        {"provider", "corp"},
        {"ok", std::string(level) != "error"},
        {"findings",
         Json::array(
             {{{"level", level}, {"name", name}, {"message", "what it is"}, {"action", "Do this."}}})}};
}

TEST(Provider, TestTellsByItsStatusWhoseFaultItIs) {
    ScriptedBroker broker;
    broker.on("provider.test", testAnswer("warning", "clock"));
    const ProgramRun well = keybearer(broker, {"provider", "test", "corp"});
    EXPECT_EQ(well.status, 0);
    EXPECT_EQ(well.out, "  warning  what it is [clock]\n           Do this.\n");
    broker.on("provider.test", testAnswer("error", "discovery"));
    EXPECT_EQ(keybearer(broker, {"provider", "test", "corp"}).status, 6);
    broker.on("provider.test", testAnswer("error", "redirect"));
    const ProgramRun here = keybearer(broker, {"--json", "provider", "test", "corp"});
    EXPECT_EQ(here.status, 1);
    EXPECT_EQ(*parseJson(here.out.substr(0, here.out.size() - 1)), testAnswer("error", "redirect"));
}

// keybearer and a stand-in for keybearerd, which takes every configuration unless told otherwise.
class ProviderEditTest : public ::testing::Test {
protected:
    void SetUp() override {
        std::filesystem::copy_file(KEYBEARER_CLI, place_.path() / "keybearer");
        std::filesystem::copy_file(FAKE_KEYBEARERD, place_.path() / "keybearerd");
    }
    ProgramRun provider(std::vector<std::string> words, Variables more = {}) {
        words.insert(words.begin(), "provider");
        return run(words, std::move(more));
    }
    ProgramRun service(std::vector<std::string> words, Variables more = {}) {
        words.insert(words.begin(), "service");
        return run(words, std::move(more));
    }
    ProgramRun run(const std::vector<std::string>& words, Variables more) {
        more.emplace("KEYBEARER_CONFIG", config_.string());
        more.emplace("KEYBEARER_HOME", (place_.path() / "home").string());
        return runProgram(place_.path() / "keybearer", words, more);
    }
    [[nodiscard]] std::vector<std::string> backups() const {
        std::vector<std::string> out;
        for (const auto& entry : std::filesystem::directory_iterator(config_.parent_path())) {
            if (entry.path().extension() == ".bak")
                out.push_back(contentOf(entry.path()));
            EXPECT_EQ(entry.path().filename().string().find(".trial"), std::string::npos);
        }
        return out;
    }
    TemporaryDirectory place_;
    std::filesystem::path config_ = place_.path() / "config" / "config.yaml";
};

TEST_F(ProviderEditTest, P2_AddMakesTheFileAndRemoveTakesTheEntryOut) {
    const ProgramRun run =
        provider({"add", "corp", "--issuer", "https://login.example.com", "--scope", "a", "--scope", "b"});
    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_EQ(contentOf(config_),
              "providers:\n  corp:\n    issuer: https://login.example.com\n    scopes: [a, b]\n");
    EXPECT_TRUE(backups().empty());
    EXPECT_EQ(provider({"remove", "corp"}).status, 0);
    EXPECT_EQ(contentOf(config_), "providers:\n");
    EXPECT_EQ(backups().size(), 1U);
    EXPECT_EQ(provider({"remove", "corp"}).status, 9);
}

TEST_F(ProviderEditTest, T_37_NoCopyOverwritesAnotherOfTheSameSecond) {
    const std::vector<std::string> names{"one", "two", "three", "four"};
    for (const std::string& name : names)
        ASSERT_EQ(provider({"add", name, "--issuer", "https://login.example.com"}).status, 0);
    std::vector<std::string> copies = backups();
    ASSERT_EQ(copies.size(), names.size() - 1) << "the first one found no file";
    std::sort(copies.begin(), copies.end());
    EXPECT_EQ(std::unique(copies.begin(), copies.end()), copies.end())
        << "each is the file of another moment";
}

TEST_F(ProviderEditTest, T_37_AClientSecretComesFromAFileAndStandsInAPrivateOne) {
    const std::filesystem::path file = place_.path() / "secret";
    std::ofstream(file) << "s3cret \"of\" mine\n";
    const ProgramRun run =
        provider({"--json", "add", "google", "--client-id=abc", "--value-file", file.string()});
    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_EQ(contentOf(config_), "providers:\n  google:\n    client_id: abc\n"
                                  "    client_secret: \"s3cret \\\"of\\\" mine\"\n");
    EXPECT_EQ((run.out + run.err).find("s3cret"), std::string::npos);
    EXPECT_EQ(std::filesystem::status(config_).permissions() & std::filesystem::perms(0777),
              std::filesystem::perms(0600));
    std::ofstream(file) << "${HOME}";
    EXPECT_EQ(provider({"add", "other", "--client-id", "x", "--value-file", file.string()}).status, 2);
    EXPECT_EQ(contentOf(config_).find("other"), std::string::npos);
}

TEST_F(ProviderEditTest, T_37_LinesForAFileThatCouldBeMisreadHaveNoSecret) {
    std::filesystem::create_directories(config_.parent_path());
    std::ofstream(config_) << "providers: {github: {client_id: x}}\n";
    const std::filesystem::path file = place_.path() / "secret";
    std::ofstream(file) << "s3cret";
    for (const bool json : {false, true}) {
        std::vector<std::string> words{"add", "google", "--client-id", "x", "--value-file", file.string()};
        if (json)
            words.insert(words.begin(), "--json");
        const ProgramRun run = provider(words);
        EXPECT_NE(run.status, 0);
        EXPECT_NE((run.out + run.err).find("client_secret: YOUR-SECRET"), std::string::npos)
            << run.out << run.err;
        EXPECT_EQ((run.out + run.err).find("s3cret"), std::string::npos);
    }
}

TEST_F(ProviderEditTest, FileAsItWasIsKeptAndALinkStaysALink) {
    std::filesystem::create_directories(config_.parent_path());
    const std::filesystem::path real = place_.path() / "settings.yaml";
    const std::string text = "# mine\nproviders:\n  github: {client_id: x}  # keep\n";
    std::ofstream(real) << text;
    std::filesystem::create_symlink(real, config_);
    const ProgramRun run = provider({"--json", "add", "corp", "--domain", "a.example"});
    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_TRUE(std::filesystem::is_symlink(config_));
    EXPECT_EQ(contentOf(real), text + "  corp:\n    domain: a.example\n");
    const Result<Json> answer = parseJson(run.out.substr(0, run.out.size() - 1));
    ASSERT_TRUE(answer) << run.out;
    EXPECT_EQ(contentOf((*answer)["backup"].get<std::string>()), text);
}

TEST_F(ProviderEditTest, ConfigurationThatWouldBeWrongIsNotWritten) {
    const ProgramRun run = provider({"add", "corp", "--issuer", "nonsense"}, {{"FAKE_MODE", "config"}});
    EXPECT_EQ(run.status, 2);
    EXPECT_EQ(
        run.err.find("keybearer: the configuration would be wrong: unknown key \"stroe\", perhaps store\n"),
        0U)
        << run.err;
    EXPECT_FALSE(std::filesystem::exists(config_));
    EXPECT_TRUE(backups().empty());
}

TEST_F(ProviderEditTest, LinesArePrintedWhereTheFileIsNotTouched) {
    std::filesystem::create_directories(config_.parent_path());
    std::ofstream(config_) << "providers: {github: {client_id: x}}\n";
    const ProgramRun run = provider({"add", "corp", "--client-id", "desk"});
    EXPECT_EQ(run.status, 2);
    EXPECT_NE(run.err.find("providers:\n  corp:\n    client_id: desk\n"), std::string::npos) << run.err;
    EXPECT_EQ(contentOf(config_), "providers: {github: {client_id: x}}\n");
    EXPECT_EQ(provider({"add", "corp"}).status, 2);
}

TEST_F(ProviderEditTest, ServicesAreWrittenAndTakenOutInTheSameWay) {
    const ProgramRun run = service({"add", "linear", "https://mcp.linear.app/mcp", "--client-id", "desk",
                                    "--scope", "read", "--timeout-seconds", "60"});
    EXPECT_EQ(run.status, 0) << run.err;
    const std::string text =
        "services:\n  linear:\n    url: https://mcp.linear.app/mcp\n    client_id: desk\n"
        "    scopes: [read]\n    timeout_seconds: 60\n";
    EXPECT_EQ(contentOf(config_), text);
    const ProgramRun twice = service({"add", "linear", "https://mcp.linear.app/mcp"});
    EXPECT_EQ(twice.status, 2);
    EXPECT_NE(twice.err.find("has a service linear already"), std::string::npos) << twice.err;
    EXPECT_EQ(provider({"add", "corp", "--client-id", "x"}).status, 0);
    EXPECT_EQ(contentOf(config_), text + "\nproviders:\n  corp:\n    client_id: x\n");
    EXPECT_EQ(service({"remove", "linear"}).status, 0);
    EXPECT_EQ(contentOf(config_), "services:\n\nproviders:\n  corp:\n    client_id: x\n");
}

TEST(Service, ListNamesServersAndWhetherSomebodyIsSignedIn) {
    ScriptedBroker broker;
    broker.on("service.list", Json{{"services", Json::array({{{"name", "linear"},
                                                              {"url", "https://mcp.linear.app/mcp"},
                                                              {"provider", "linear"},
                                                              {"signed_in", true},
                                                              {"issuer", "https://as.example"}}})}});
    const ProgramRun run = keybearer(broker, {"service", "list"});
    EXPECT_EQ(run.status, 0) << run.err;
    for (const char* words : {"linear", "https://mcp.linear.app/mcp", "yes", "https://as.example"})
        EXPECT_NE(run.out.find(words), std::string::npos) << run.out;
}

TEST(Service, TestTellsByItsStatusWhoseFaultItIs) {
    ScriptedBroker broker;
    broker.on("service.test", testAnswer("warning", "session"));
    EXPECT_EQ(keybearer(broker, {"service", "test", "linear"}).status, 0);
    broker.on("service.test", testAnswer("error", "metadata"));
    EXPECT_EQ(keybearer(broker, {"service", "test", "linear"}).status, 6);
    broker.on("service.test", testAnswer("error", "client"));
    EXPECT_EQ(keybearer(broker, {"service", "test", "linear"}).status, 1);
}

TEST(Service, RemovingAnAddressForgetsIt) {
    ScriptedBroker broker;
    broker.on("service.remove", Json{{"service", "mcp.linear.app"}, {"url", "https://mcp.linear.app/mcp"}});
    const ProgramRun run = keybearer(broker, {"service", "remove", "https://mcp.linear.app/mcp"});
    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_NE(run.err.find("mcp.linear.app was forgotten"), std::string::npos) << run.err;
}

} // namespace
} // namespace keybearer::testing
