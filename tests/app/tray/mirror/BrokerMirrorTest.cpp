#include "app/tray/mirror/BrokerMirror.h"

#include "tests/app/tray/support/TrayFixture.h"

namespace keybearer::test {
namespace {

using BrokerMirrorTest = TrayFixture;

TEST_F(BrokerMirrorTest, SubscribesBeforeItLoads) {
    connectAll();
    ASSERT_GE(broker.calls().size(), 2U);
    EXPECT_EQ(broker.calls()[1].method, "events.subscribe");
    EXPECT_EQ(broker.called("events.subscribe")[0]["topics"].size(), 7U);
}

TEST_F(BrokerMirrorTest, StateFollowsTheWorstThatIsTrue) {
    EXPECT_EQ(mirror.state(), TrayState::Offline);
    connectAll();
    EXPECT_EQ(mirror.state(), TrayState::Ok);
    broker.emitEvent("session.changed", {{"session_id", "s1"},
                                         {"change", "added"},
                                         {"session", sessionJson("s1", "github", "ana", "needs_sign_in")}});
    ASSERT_TRUE(wait([&] { return mirror.state() == TrayState::Attention; }));
    broker.answer("health.get", Json{{"status", "degraded"}, {"store", {{"state", "locked"}}}});
    broker.emitEvent("health.changed", {{"status", "degraded"}});
    ASSERT_TRUE(wait([&] { return mirror.state() == TrayState::Locked; }));
    broker.stop();
    ASSERT_TRUE(wait([&] { return mirror.state() == TrayState::Offline; }));
    EXPECT_TRUE(mirror.sessions().empty());
}

TEST_F(BrokerMirrorTest, PendingRequestAsksForAttention) {
    connectAll();
    broker.emitEvent("consent.requested", requestJson("c1"));
    ASSERT_TRUE(wait([&] { return mirror.state() == TrayState::Attention; }));
    broker.emitEvent("consent.withdrawn", {{"consent_id", "c1"}});
    ASSERT_TRUE(wait([&] { return mirror.state() == TrayState::Ok; }));
}

TEST_F(BrokerMirrorTest, SessionsFollowTheEvents) {
    broker.answer("session.list", Json{{"sessions", {sessionJson("s1", "github", "ana")}}});
    connectAll();
    ASSERT_EQ(mirror.sessions().size(), 1U);
    broker.emitEvent("session.changed",
                     {{"session_id", "s2"}, {"change", "added"}, {"session", sessionJson("s2", "rd", "bo")}});
    broker.emitEvent(
        "session.changed",
        {{"session_id", "s1"}, {"change", "updated"}, {"session", sessionJson("s1", "github", "eva")}});
    ASSERT_TRUE(wait([&] { return mirror.sessions().size() == 2; }));
    ASSERT_TRUE(wait([&] { return mirror.session("s1")->account == u"eva"; }));
    broker.emitEvent("session.changed", {{"session_id", "s1"}, {"change", "removed"}});
    ASSERT_TRUE(wait([&] { return mirror.session("s1") == nullptr; }));
    EXPECT_NE(mirror.session("s2"), nullptr);
}

TEST_F(BrokerMirrorTest, ThousandsOfSessionsComeInPages) {
    broker.answer("session.list", [](const Json& params) {
        const bool isFirst = !params.contains("after");
        Json page{{"sessions", {sessionJson(isFirst ? "s1" : "s2", "github", "ana")}}};
        if (isFirst)
            page["next"] = "s1";
        return page;
    });
    connectAll();
    EXPECT_EQ(mirror.sessions().size(), 2U);
    EXPECT_EQ(broker.called("session.list").at(1), (Json{{"after", "s1"}, {"limit", 500}}));
}

TEST_F(BrokerMirrorTest, ABrokerWhosePagesGoInACircleIsNotFollowed) {
    broker.answer("session.list", Json{{"sessions", {sessionJson("s1", "github", "ana")}}, {"next", "s1"}});
    connectAll();
    EXPECT_EQ(broker.called("session.list").size(), 2U);
}

TEST_F(BrokerMirrorTest, ApiKeysStandApartFromTheSessions) {
    const Json key{{"name", "weather"},  {"session_id", "k1"},    {"header", "X-Api-Key: {key}"},
                   {"description", "d"}, {"active", false},       {"exportable", true},
                   {"expired", false},   {"expires_at", nullptr}, {"last_used", nullptr}};
    broker.answer("apikey.list", Json{{"apikeys", Json::array()}});
    connectAll();
    broker.answer("apikey.list", Json{{"apikeys", {key}}});
    Json session = sessionJson("k1", "apikey", "weather");
    session["kind"] = "api_key";
    broker.emitEvent("session.changed", {{"session_id", "k1"}, {"change", "added"}, {"session", session}});
    ASSERT_TRUE(wait([&] { return mirror.apiKeys().size() == 1; }));
    EXPECT_TRUE(mirror.sessions().empty());
    EXPECT_EQ(mirror.apiKey("weather")->row.state, SessionState::SwitchedOff);
    broker.answer("apikey.list", Json{{"apikeys", Json::array()}});
    broker.emitEvent("session.changed", {{"session_id", "k1"}, {"change", "removed"}});
    ASSERT_TRUE(wait([&] { return mirror.apiKeys().empty(); }));
}

TEST_F(BrokerMirrorTest, ChangeWithoutTheSessionLoadsAnew) {
    connectAll();
    broker.answer("session.list", Json{{"sessions", {sessionJson("s1", "github", "ana")}}});
    broker.emitEvent("session.changed", {{"session_id", "s1"}, {"change", "added"}});
    EXPECT_TRUE(wait([&] { return mirror.session("s1") != nullptr; }));
}

TEST_F(BrokerMirrorTest, RestartOfTheBrokerSubscribesAndLoadsAgain) {
    connectAll();
    broker.stop();
    ASSERT_TRUE(wait([&] { return !mirror.isOnline(); }));
    broker.answer("session.list", Json{{"sessions", {sessionJson("s9", "github", "ana")}}});
    broker.start();
    ASSERT_TRUE(wait([&] { return mirror.session("s9") != nullptr; }));
    EXPECT_EQ(broker.called("events.subscribe").size(), 2U);
}

TEST_F(BrokerMirrorTest, ManyChangesInOneTurnAreAnnouncedOnce) {
    connectAll();
    int changes = 0;
    QObject::connect(&mirror, &BrokerMirror::changed, &mirror, [&] { ++changes; });
    std::string burst;
    for (int i = 0; i < 50; ++i) {
        const Json params{{"topic", "session.changed"},
                          {"session_id", std::to_string(i)},
                          {"change", "added"},
                          {"session", sessionJson(std::to_string(i), "github", "a")}};
        burst += Json{{"jsonrpc", "2.0"}, {"method", "event"}, {"params", params}}.dump() + '\n';
    }
    broker.sendRaw(burst);
    ASSERT_TRUE(wait([&] { return mirror.sessions().size() == 50; }));
    settle();
    EXPECT_LE(changes, 5);
}

TEST_F(BrokerMirrorTest, T_07_FloodOfRequestsIsCapped) {
    connectAll();
    for (int i = 0; i < 200; ++i)
        broker.emitEvent("consent.requested", requestJson("c" + std::to_string(i)));
    settle();
    EXPECT_EQ(mirror.pending().size(), 64U);
}

TEST_F(BrokerMirrorTest, ProvidersAreCalledByTheirTitle) {
    connectAll();
    EXPECT_EQ(mirror.providerTitle("github"), QStringLiteral("GitHub"));
    EXPECT_EQ(mirror.providerTitle("other\n"), QStringLiteral("other\\u{A}"));
}

} // namespace
} // namespace keybearer::test
