#include "tests/app/cli/CliRun.h"

#include <gtest/gtest.h>

namespace keybearer::testing {
namespace {

constexpr const char* planted = "kbk_4fA9mZ0qT7bXc2LwJr8sVnE5yKdHuPgQiOaR1tN6vBMzx0x7Qa";

Json clientResult() {
    return Json{{"name", "ci"},
                {"client_id", "k_1"},
                {"owner", "ana"},
                {"description", "builds"},
                {"allow", {"github"}},
                {"role", "agent"},
                {"state", "active"},
                {"created_at", "2026-05-01T09:30:00Z"},
                {"expires_at", nullptr},
                {"rotated_at", nullptr},
                {"old_key_until", nullptr},
                {"last_used_at", nullptr},
                {"uses", 3},
                {"key_ends", "x7Qa"}};
}

Json withKey() {
    Json client = clientResult();
    client["key"] = planted;
    return client;
}

TEST(ClientVerb, AddPrintsTheKeyAloneAndTheAdviceBeside) {
    ScriptedBroker broker;
    broker.on("client.add", withKey());
    const ProgramRun run =
        keybearer(broker, {"client", "add", "ci", "--allow", "github", "--allow", "apikey:npm", "--role",
                           "user", "--owner", "ana", "--description", "builds", "--expires", "2099-01-31"});
    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_EQ(run.out, std::string(planted) + "\n");
    EXPECT_EQ(run.err.find("kbk_"), std::string::npos);
    EXPECT_NE(run.err.find("KEYBEARER_CLIENT_KEY"), std::string::npos);
    EXPECT_EQ(broker.received("client.add")[0]["params"], (Json{{"name", "ci"},
                                                                {"allow", {"github", "apikey:npm"}},
                                                                {"role", "user"},
                                                                {"owner", "ana"},
                                                                {"description", "builds"},
                                                                {"expires_at", "2099-01-31T23:59:59Z"}}));
}

TEST(ClientVerb, AddWithoutAllowSaysThatThereIsNoToken) {
    ScriptedBroker broker;
    broker.on("client.add", withKey());
    const ProgramRun run = keybearer(broker, {"client", "add", "ci"});
    EXPECT_EQ(run.status, 0);
    EXPECT_NE(run.err.find("gets no token"), std::string::npos);
    const ProgramRun json = keybearer(broker, {"client", "add", "ci", "--json"});
    EXPECT_EQ(Json::parse(json.out)["key"], planted);
}

TEST(ClientVerb, WrongWordsAreUsageErrorsAndNothingIsSent) {
    ScriptedBroker broker;
    for (const std::vector<std::string>& words : {std::vector<std::string>{"client", "add"},
                                                  {"client", "add", "ci", "--role", "root"},
                                                  {"client", "add", "ci", "--expires", "soon"},
                                                  {"client", "rotate", "ci", "--overlap", "soon"},
                                                  {"client", "rotate", "ci", "--overlap", "2001-01-01"},
                                                  {"client", "frobnicate"}})
        EXPECT_EQ(keybearer(broker, words).status, 2) << words.back();
    EXPECT_TRUE(broker.received("client.add").empty());
    EXPECT_TRUE(broker.received("client.rotate").empty());
}

TEST(ClientVerb, RotateTakesASpanForTheOldKey) {
    ScriptedBroker broker;
    broker.on("client.rotate", withKey());
    const ProgramRun run = keybearer(broker, {"client", "rotate", "ci", "--overlap", "24h"});
    EXPECT_EQ(run.out, std::string(planted) + "\n");
    EXPECT_EQ(broker.received("client.rotate")[0]["params"],
              (Json{{"name", "ci"}, {"overlap_seconds", 86400}}));
    EXPECT_EQ(keybearer(broker, {"client", "rotate", "ci"}).status, 0);
    EXPECT_EQ(broker.received("client.rotate")[1]["params"], (Json{{"name", "ci"}}));
}

TEST(ClientVerb, ListAndShowTellWhatThereIs) {
    ScriptedBroker broker;
    broker.on("client.list", Json{{"clients", {clientResult()}}});
    broker.on("client.show", clientResult());
    const ProgramRun list = keybearer(broker, {"client", "list"});
    EXPECT_NE(list.out.find("ci"), std::string::npos);
    EXPECT_NE(list.out.find("github"), std::string::npos);
    const ProgramRun show = keybearer(broker, {"client", "show", "ci"});
    EXPECT_NE(show.out.find("kbk_...x7Qa"), std::string::npos) << show.out;
    EXPECT_EQ(Json::parse(keybearer(broker, {"client", "list", "--json"}).out)["clients"].size(), 1U);
}

TEST(ClientVerb, SwitchingAndRemovingSayWhatHappened) {
    ScriptedBroker broker;
    broker.on("client.enable", clientResult());
    broker.on("client.disable", clientResult());
    broker.on("client.remove", Json{{"name", "ci"}, {"client_id", "k_1"}, {"removed", true}});
    for (const char* word : {"enable", "disable", "remove"}) {
        const ProgramRun run = keybearer(broker, {"client", word, "ci"});
        EXPECT_EQ(run.status, 0) << run.err;
        EXPECT_EQ(run.out, "");
        EXPECT_NE(run.err, "");
    }
}

} // namespace
} // namespace keybearer::testing
