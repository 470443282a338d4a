#include "app/cli/DeviceScreen.h"
#include "app/cli/Expiry.h"
#include "broker/base/Time.h"
#include "tests/app/cli/CliRun.h"

#include <fstream>
#include <gtest/gtest.h>

namespace keybearer::testing {
namespace {

const WallTime now = *fromRfc3339("2026-05-01T09:30:00Z");

Json keyResult() {
    return Json{{"name", "weather"},
                {"header", "X-Api-Key: {key}"},
                {"active", true},
                {"exportable", true},
                {"expired", false},
                {"expires_at", nullptr},
                {"description", "sky"},
                {"last_used", nullptr},
                {"rotated_at", "2026-05-01T09:30:00Z"}};
}

Json deviceAnswer() {
    return Json{{"signin_id", "i-1"},
                {"flow", "device"},
                {"provider", "corp"},
                {"state", "waiting"},
                {"user_code", "WDJB-MJHT"},
                {"verification_uri", "https://login.example.com/device"},
                {"qr", {"101", "010", "101"}},
                {"expires_at", "2099-05-01T09:30:00Z"},
                {"interval", 5}};
}

Json signedIn() {
    return Json{{"topic", "signin.progress"},
                {"signin_id", "i-1"},
                {"state", "signed_in"},
                {"session", {{"provider", "corp"}, {"account", {{"label", "ana"}}}}}};
}

TEST(Expiry, DatesAndSpansBecomeTimes) {
    EXPECT_EQ(expiryFrom("2027-01-31", now), "2027-01-31T23:59:59Z");
    EXPECT_EQ(expiryFrom("2027-01-31T08:00:00Z", now), "2027-01-31T08:00:00Z");
    EXPECT_EQ(expiryFrom("90d", now), "2026-07-30T09:30:00Z");
    EXPECT_EQ(expiryFrom("12h", now), "2026-05-01T21:30:00Z");
    for (const char* bad : {"", "soon", "90", "0d", "-1d", "99999d", "1.5d", "2027-13-01", "90d "})
        EXPECT_FALSE(expiryFrom(bad, now)) << bad;
}

TEST(ApiKeyVerb, P8_TheValueComesFromAFileOrFromStandardInput) {
    ScriptedBroker broker;
    broker.on("apikey.add", keyResult());
    broker.on("apikey.rotate", keyResult());
    const std::string file = (broker.home() / "value").string();
    std::ofstream(file) << "  planted-1 \n";
    const ProgramRun added =
        keybearer(broker, {"apikey", "add", "weather", "--value-file", file, "--header", "X-Api-Key: {key}",
                           "--expires", "2099-01-31", "--description", "sky", "--no-export"});
    EXPECT_EQ(added.status, 0) << added.err;
    EXPECT_EQ(added.out, "");
    EXPECT_EQ(added.err.find("planted"), std::string::npos);
    EXPECT_EQ(broker.received("apikey.add")[0]["params"], (Json{{"name", "weather"},
                                                                {"value", "planted-1"},
                                                                {"header", "X-Api-Key: {key}"},
                                                                {"description", "sky"},
                                                                {"exportable", false},
                                                                {"expires_at", "2099-01-31T23:59:59Z"}}));
    EXPECT_EQ(
        keybearer(broker, {"apikey", "rotate", "weather", "--value-file", "-"}, {}, "planted-2\n").status, 0);
    EXPECT_EQ(broker.received("apikey.rotate")[0]["params"],
              (Json{{"name", "weather"}, {"value", "planted-2"}}));
}

TEST(ApiKeyVerb, P8_WithoutATerminalOrAFileNothingIsSent) {
    ScriptedBroker broker;
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"apikey", "add", "weather"},
          {"apikey", "add", "weather", "--value-file", "/nonexistent"},
          {"apikey", "add", "weather", "--value-file", "-"},
          {"apikey", "add", "weather", "--value-file", "-", "--expires", "soon"}}) {
        const ProgramRun run = keybearer(broker, words);
        EXPECT_EQ(run.status, 2) << run.err;
        EXPECT_EQ(run.out, "");
    }
    EXPECT_TRUE(broker.received("apikey.add").empty());
}

TEST(ApiKeyVerb, ListAndShowSayWhatThereIs) {
    ScriptedBroker broker;
    broker.on("apikey.list", Json{{"apikeys", Json::array({keyResult()})}});
    broker.on("apikey.show", keyResult());
    EXPECT_NE(keybearer(broker, {"apikey", "list"}).out.find("weather"), std::string::npos);
    EXPECT_NE(keybearer(broker, {"apikey", "show", "weather"}).out.find("X-Api-Key: {key}"),
              std::string::npos);
    EXPECT_EQ(keybearer(broker, {"apikey", "list", "--json"}).out,
              dumpJson(Json{{"apikeys", Json::array({keyResult()})}}) + "\n");
}

TEST(Token, P8_AnApiKeyIsPrintedAsItsHeaderSays) {
    ScriptedBroker broker;
    broker.on("token.get", Json{{"access_token", "k:1$"},
                                {"token_type", "ApiKey"},
                                {"header", {{"name", "X-Api-Key"}, {"value", "v1 k:1$"}}}});
    EXPECT_EQ(keybearer(broker, {"token", "apikey:weather"}).out, "k:1$\n");
    EXPECT_EQ(keybearer(broker, {"token", "apikey:weather", "--format", "header"}).out,
              "X-Api-Key: v1 k:1$\n");
    EXPECT_EQ(broker.received("token.get")[0]["params"],
              (Json{{"provider", "apikey"}, {"account", "weather"}}));
}

TEST(Token, AnAccountMayStandBehindTheProvider) {
    ScriptedBroker broker;
    broker.on("token.get", Json{{"access_token", "t"}});
    EXPECT_EQ(keybearer(broker, {"token", "google:ana@example.com"}).out, "t\n");
    EXPECT_EQ(broker.received("token.get")[0]["params"],
              (Json{{"provider", "google"}, {"account", "ana@example.com"}}));
    for (const char* bad : {"google:", ":ana"})
        EXPECT_EQ(keybearer(broker, {"token", bad}).status, 2) << bad;
    EXPECT_EQ(keybearer(broker, {"token", "google:ana", "--account", "ben"}).status, 2);
}

TEST(ServiceAccountVerb, P7_TheKeyFileIsSentAndTheAnswerSaysWho) {
    ScriptedBroker broker;
    broker.on("service_account.add",
              Json{{"provider", "google"}, {"account", {{"label", "robot@example.com"}}}, {"scopes", {"a"}}});
    const std::string file = (broker.home() / "key.json").string();
    std::ofstream(file) << R"({"type":"service_account"})";
    const ProgramRun run =
        keybearer(broker, {"service-account", "add", "google", "--key-file", file, "--subject", "ana",
                           "--scope", "a", "--scope", "b", "--name", "robot"});
    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_EQ(run.out, "The key works: robot@example.com at google\n");
    EXPECT_EQ(broker.received("service_account.add")[0]["params"],
              (Json{{"provider", "google"},
                    {"key", R"({"type":"service_account"})"},
                    {"subject", "ana"},
                    {"scopes", {"a", "b"}},
                    {"name", "robot"}}));
    EXPECT_EQ(keybearer(broker, {"service-account", "add", "google"}).status, 2);
    EXPECT_EQ(keybearer(broker, {"service-account", "add", "google", "--key-file", "/nonexistent"}).status,
              2);
}

TEST(DeviceScreenTest, SEC_C_32_CodeHostAndWarningAreShown) {
    const std::string screen = deviceScreen(deviceAnswer(), false);
    EXPECT_NE(screen.find("W D J B - M J H T"), std::string::npos);
    EXPECT_NE(screen.find("https://login.example.com/device"), std::string::npos);
    EXPECT_NE(screen.find("Only go on if you started this sign-in yourself, and only at login.example.com."),
              std::string::npos);
    EXPECT_EQ(screen.find('\033'), std::string::npos) << "no colours where there is no terminal";
    EXPECT_NE(deviceScreen(deviceAnswer(), true).find("▀"), std::string::npos);
}

TEST(DeviceScreenTest, SEC_C_38_TextOfTheProviderIsHarmless) {
    Json answer = deviceAnswer();
    answer["user_code"] = "A\033[2JB";
    answer["verification_uri"] = "https://x.example/\033]0;t\007";
    const std::string screen = deviceScreen(answer, false);
    EXPECT_EQ(screen.find('\033'), std::string::npos);
    EXPECT_EQ(screen.find('\007'), std::string::npos);
}

TEST(DeviceScreenTest, P4_AQrCodeIsTwoRowsALine) {
    const std::string blocks = halfBlocks(Json{"1"});
    EXPECT_EQ(std::count(blocks.begin(), blocks.end(), '\n'), 3); // one square and its quiet zone
    EXPECT_NE(blocks.find("██▄██"), std::string::npos) << "the dark square leaves the lower half light";
    for (const Json& bad : {Json::array(), Json{"10"}, Json{"2"}, Json{1}, Json("1"), Json(nullptr)})
        EXPECT_EQ(halfBlocks(bad), "") << bad;
    EXPECT_EQ(halfBlocks(Json(std::vector<std::string>(100, std::string(100, '1')))), "");
}

TEST(DeviceScreenTest, CountdownIsMinutesAndSeconds) {
    EXPECT_EQ(countdownWords(247), "4:07 left");
    EXPECT_EQ(countdownWords(0), "0:00 left");
    EXPECT_EQ(countdownWords(-3), "0:00 left");
}

TEST(Login, P4_ADeviceCodeIsShownAndWaitedFor) {
    ScriptedBroker broker;
    broker.on("signin.start", [](ScriptedConnection& connection, const Json& request) {
        connection.answer(request, deviceAnswer());
        connection.event(signedIn());
    });
    broker.on("provider.list", Json{{"providers", Json::array()}});
    const ProgramRun run = keybearer(broker, {"login", "corp", "--device"});
    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_EQ(run.out, "Signed in to corp as ana\n");
    EXPECT_NE(run.err.find("W D J B - M J H T"), std::string::npos);
    const ProgramRun json = keybearer(broker, {"login", "corp", "--device", "--json"});
    EXPECT_EQ((*parseJson(json.out.substr(0, json.out.find('\n'))))["event"], "device_code");
}

TEST(Login, P10_AServerIsNamedByItsAddressAndNobodyIsNamedWhereNobodyIsKnown) {
    ScriptedBroker broker;
    const auto signedInAs = [&](const char* subject, const char* label) {
        broker.on("signin.start", Json{{"signin_id", "i-1"},
                                       {"flow", "browser"},
                                       {"provider", "mcp.example"},
                                       {"state", "signed_in"},
                                       {"expires_at", "2099-05-01T09:30:00Z"},
                                       {"session",
                                        {{"provider", "mcp.example"},
                                         {"resource", "https://mcp.example/mcp"},
                                         {"account", {{"subject", subject}, {"label", label}}}}}});
        return keybearer(broker, {"login", "https://mcp.example/mcp"}).out;
    };
    EXPECT_EQ(signedInAs("default", "mcp.example"), "Signed in to https://mcp.example/mcp\n");
    EXPECT_EQ(signedInAs("42", "ana"), "Signed in to https://mcp.example/mcp as ana\n");
}

TEST(Login, P6_WhatTakesNoPersonIsSignedInAtOnce) {
    ScriptedBroker broker;
    broker.on("signin.start", Json{{"signin_id", "i-1"},
                                   {"flow", "client_credentials"},
                                   {"provider", "corp"},
                                   {"state", "signed_in"},
                                   {"expires_at", "2099-05-01T09:30:00Z"},
                                   {"session", {{"provider", "corp"}, {"account", {{"label", "desk"}}}}}});
    broker.on("provider.list", Json{{"providers", Json::array()}});
    const ProgramRun run = keybearer(broker, {"login", "corp"});
    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_EQ(run.out, "Signed in to corp as desk\n");
    EXPECT_EQ(broker.received("signin.start")[0]["params"]["flow"], "auto");
}

} // namespace
} // namespace keybearer::testing
