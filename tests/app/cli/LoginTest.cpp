#include "tests/app/cli/CliRun.h"

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <poll.h>
#include <sstream>

namespace keybearer::testing {
namespace {

const std::string address = "https://github.com/login/oauth/authorize?client_id=x&state=y";

std::string contentOf(const std::filesystem::path& path) {
    std::ostringstream out;
    out << std::ifstream(path).rdbuf();
    return out.str();
}

Json session() {
    return Json{{"session_id", "s-1"}, {"provider", "github"}, {"account", {{"label", "ana@example.com"}}}};
}

Json progress(const char* state) {
    Json params{{"topic", "signin.progress"}, {"signin_id", "i-1"}, {"provider", "github"}, {"state", state}};
    if (std::string(state) == "signed_in")
        params["session"] = session();
    if (std::string(state) == "failed")
        params["error"] =
            Json{{"code", -31007}, {"message", "access_denied"}, {"data", {{"name", "provider_error"}}}};
    return params;
}

// A broker whose sign-in goes through these states as soon as it is started.
std::unique_ptr<ScriptedBroker> signingIn(std::vector<std::string> states,
                                          const std::string& expires = "2099-05-01T09:30:00Z") {
    auto broker = std::make_unique<ScriptedBroker>();
    broker->on("signin.start", [states = std::move(states), expires](ScriptedConnection& connection,
                                                                     const Json& request) {
        connection.event(Json{{"topic", "signin.progress"}, {"signin_id", "other"}, {"state", "signed_in"}});
        connection.answer(request, Json{{"signin_id", "i-1"},
                                        {"flow", "browser"},
                                        {"provider", "github"},
                                        {"authorization_url", address},
                                        {"expires_at", expires}});
        for (const std::string& state : states)
            connection.event(progress(state.c_str()));
    });
    broker->on("signin.cancel", Json{{"signin_id", "i-1"}, {"state", "cancelled"}});
    broker->on("provider.list",
               Json{{"providers", Json::array({{{"name", "github"}, {"display_name", "GitHub"}}})}});
    return broker;
}

TEST(Login, SaysWhoIsSignedIn) {
    const auto broker = signingIn({"waiting", "exchanging", "signed_in"});
    const ProgramRun run = keybearer(*broker, {"login", "github", "--no-browser"});
    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_EQ(run.out, "Signed in to GitHub as ana@example.com\n");
    EXPECT_NE(run.err.find(address), std::string::npos);
    EXPECT_EQ(broker->received("signin.start")[0]["params"],
              (Json{{"provider", "github"}, {"flow", "browser"}}));
    EXPECT_EQ(broker->received("events.subscribe")[0]["params"]["topics"], Json::array({"signin.progress"}));
}

TEST(Login, SubscribesBeforeItStarts) {
    const auto broker = signingIn({"signed_in"});
    ASSERT_EQ(keybearer(*broker, {"login", "github", "--no-browser"}).status, 0);
    EXPECT_LT(broker->received("events.subscribe")[0]["id"], broker->received("signin.start")[0]["id"]);
}

TEST(Login, OptionsBecomeParameters) {
    const auto broker = signingIn({"signed_in"});
    ASSERT_EQ(
        keybearer(*broker, {"login", "https://mcp.example/mcp", "--device", "--account", "a", "--scope", "s"})
            .status,
        0);
    EXPECT_EQ(
        broker->received("signin.start")[0]["params"],
        (Json{{"url", "https://mcp.example/mcp"}, {"flow", "device"}, {"account", "a"}, {"scopes", {"s"}}}));
}

TEST(Login, JsonIsOneEventALine) {
    const auto broker = signingIn({"signed_in"});
    const ProgramRun run = keybearer(*broker, {"login", "github", "--no-browser", "--json"});
    EXPECT_EQ(run.status, 0);
    EXPECT_EQ(run.err, "");
    std::istringstream lines(run.out);
    std::string line;
    ASSERT_TRUE(std::getline(lines, line));
    EXPECT_EQ((*parseJson(line))["event"], "authorization_url");
    EXPECT_EQ((*parseJson(line))["authorization_url"], address);
    ASSERT_TRUE(std::getline(lines, line));
    EXPECT_EQ((*parseJson(line))["event"], "signed_in");
    EXPECT_EQ((*parseJson(line))["session"]["account"]["label"], "ana@example.com");
    EXPECT_FALSE(std::getline(lines, line));
}

TEST(Login, FailureOfTheProviderIsStatus6) {
    const auto broker = signingIn({"failed"});
    const ProgramRun run = keybearer(*broker, {"login", "github", "--no-browser"});
    EXPECT_EQ(run.status, 6);
    EXPECT_EQ(run.out, "");
    EXPECT_NE(run.err.find("access_denied"), std::string::npos);
    const ProgramRun json = keybearer(*broker, {"login", "github", "--no-browser", "--json"});
    EXPECT_EQ(json.status, 6);
    EXPECT_NE(json.out.find(R"("event":"failed")"), std::string::npos);
    EXPECT_NE(json.err.find(R"({"error":)"), std::string::npos);
}

TEST(Login, CancelledElsewhereIsStatus1) {
    const auto broker = signingIn({"cancelled"});
    EXPECT_EQ(keybearer(*broker, {"login", "github", "--no-browser"}).status, 1);
}

TEST(Login, SignInThatExpiresIsCancelledAndTimesOut) {
    const auto broker = signingIn({"waiting"}, "2020-01-01T00:00:00Z");
    EXPECT_EQ(keybearer(*broker, {"login", "github", "--no-browser"}).status, 7);
    EXPECT_EQ(broker->received("signin.cancel").size(), 1U);
}

TEST(Login, RefusedStartIsReported) {
    ScriptedBroker broker;
    broker.refuse("signin.start", Error(ErrorCode::NotConfigured, "GitHub needs a client id"));
    const ProgramRun run = keybearer(broker, {"login", "github", "--no-browser"});
    EXPECT_EQ(run.status, 2);
    EXPECT_NE(run.err.find("needs a client id"), std::string::npos);
}

TEST(Login, CtrlCCancelsAtTheBroker) {
    const auto broker = signingIn({"waiting"});
    TerminalProgram program(KEYBEARER_CLI, {"login", "github", "--no-browser"}, environmentOf(*broker));
    ASSERT_TRUE(program.sees(address)) << program.screen();
    program.type("\x03");
    EXPECT_EQ(program.finish(), 1) << program.screen();
    EXPECT_EQ(broker->received("signin.cancel").at(0)["params"]["signin_id"], "i-1");
}

TEST(Login, BrowserVariableGetsTheAddressAsOneArgument) {
    const auto broker = signingIn({"signed_in"});
    const std::filesystem::path browser = broker->home() / "browser";
    const std::filesystem::path note = broker->home() / "note";
    std::ofstream(browser) << "#!/bin/sh\nprintf '%s|%s|%s' \"$#\" \"$2\" \"$KEYBEARER_CLIENT_KEY\" > "
                           << note << "\necho noise\necho noise >&2\n";
    std::filesystem::permissions(browser, std::filesystem::perms::owner_all);
    const ProgramRun run = keybearer(*broker, {"login", "github"},
                                     {{"BROWSER", "/nonexistent/x:/bin/false:" + browser.string() + " --new"},
                                      {"KEYBEARER_CLIENT_KEY", "k"}});
    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_EQ(run.out, "Signed in to GitHub as ana@example.com\n");
    EXPECT_EQ(run.err.find("noise"), std::string::npos);
    EXPECT_EQ(contentOf(note), "2|" + address + "|");
}

TEST(Login, WithoutABrowserTheAddressIsShown) {
    const auto broker = signingIn({"signed_in"});
    const ProgramRun run = keybearer(*broker, {"login", "github"});
    EXPECT_EQ(run.status, 0);
    EXPECT_NE(run.err.find(address), std::string::npos);
}

TEST(Login, AddressThatIsNoWebAddressIsNotOpened) {
    ScriptedBroker broker;
    const std::filesystem::path note = broker.home() / "note";
    broker.on("signin.start", [](ScriptedConnection& connection, const Json& request) {
        connection.answer(request,
                          Json{{"signin_id", "i-1"}, {"authorization_url", "file:///etc/passwd\x1b[0m"}});
        connection.event(progress("signed_in"));
    });
    const ProgramRun run =
        keybearer(broker, {"login", "github"}, {{"BROWSER", "/usr/bin/touch " + note.string()}});
    EXPECT_EQ(run.status, 0);
    EXPECT_FALSE(std::filesystem::exists(note));
    EXPECT_EQ(run.err.find('\x1b'), std::string::npos);
}

TEST(Login, P5_PastedAddressCompletesTheSignIn) {
    const auto broker = signingIn({"waiting"});
    broker->on("signin.complete", [](ScriptedConnection& connection, const Json& request) {
        connection.answer(request, Json{{"signin_id", "i-1"}, {"state", "exchanging"}});
        connection.event(progress("signed_in"));
    });
    const std::string pasted = "http://127.0.0.1:4711/callback?code=abc&state=y";
    const ProgramRun run = keybearer(*broker, {"login", "github", "--paste"}, {}, "  " + pasted + "  \n");
    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_EQ(broker->received("signin.complete").at(0)["params"],
              (Json{{"signin_id", "i-1"}, {"redirect_url", pasted}}));
    EXPECT_EQ((run.out + run.err).find("code=abc"), std::string::npos);
}

TEST(Login, P5_RefusedPasteIsReported) {
    const auto broker = signingIn({"waiting"});
    broker->refuse("signin.complete",
                   Error(ErrorCode::InvalidParams, "that address belongs to another sign-in"));
    const ProgramRun run = keybearer(*broker, {"login", "github", "--paste"}, {}, "http://x/?state=z\n");
    EXPECT_EQ(run.status, 2);
    EXPECT_NE(run.err.find("another sign-in"), std::string::npos);
}

TEST(Login, P5_NothingPastedCancels) {
    const auto broker = signingIn({"waiting"});
    EXPECT_EQ(keybearer(*broker, {"login", "github", "--paste"}).status, 1);
    EXPECT_EQ(broker->received("signin.cancel").size(), 1U);
    EXPECT_EQ(keybearer(*broker, {"login", "github", "--paste"}, {}, std::string(9000, 'x')).status, 2);
}

TEST(Login, DeviceCodeIsShown) {
    ScriptedBroker broker;
    broker.on("signin.start", [](ScriptedConnection& connection, const Json& request) {
        connection.answer(request, Json{{"signin_id", "i-1"},
                                        {"user_code", "ABCD-1234"},
                                        {"verification_uri", "https://github.com/login/device"},
                                        {"expires_at", "2099-01-01T00:00:00Z"}});
        connection.event(progress("signed_in"));
    });
    const ProgramRun run = keybearer(broker, {"login", "github", "--device"});
    EXPECT_EQ(run.status, 0);
    EXPECT_NE(run.err.find("ABCD-1234"), std::string::npos);
    EXPECT_NE(
        keybearer(broker, {"login", "github", "--device", "--json"}).out.find(R"("event":"device_code")"),
        std::string::npos);
}

} // namespace
} // namespace keybearer::testing
