#include "app/tray/actions/EventNotices.h"

#include "tests/app/tray/support/TrayFixture.h"

namespace keybearer::test {
namespace {

class EventNoticesTest : public TrayFixture {
protected:
    EventNoticesTest()
        : events(mirror,
                 {[this](const std::string& provider) { done.push_back("sign in " + provider); },
                  [this](const std::string& page, const std::string& what) {
                      done.push_back("show " + page + " " + what);
                  },
                  [this] { done.push_back("tools"); }, [this] { done.push_back("prompt"); },
                  [this] { return seen; }},
                 std::make_unique<ManualCountdown>(&patience)) {
        QObject::connect(&events, &EventNotices::noticed, &events,
                         [this](const Notice& notice) { notices.push_back(notice); });
        QObject::connect(&events, &EventNotices::over, &events,
                         [this](const std::string& reason) { over.push_back(reason); });
    }
    void sessionIs(const std::string& state, const char* change = "updated") {
        broker.emitEvent("session.changed", {{"session_id", "s1"},
                                             {"change", change},
                                             {"session", sessionJson("s1", "github", "<b>ana</b>", state)}});
        settle();
    }

    ManualCountdown* patience = nullptr;
    EventNotices events;
    std::vector<std::string> done;
    std::vector<Notice> notices;
    std::vector<std::string> over;
    bool seen = false;
};

TEST_F(EventNoticesTest, ASessionThatNeedsItsPersonIsToldOnceAndTakenBack) {
    broker.answer("session.list", Json{{"sessions", {sessionJson("s1", "github", "<b>ana</b>")}}});
    connectAll();
    sessionIs("needs_sign_in");
    sessionIs("needs_sign_in");
    ASSERT_EQ(notices.size(), 1U);
    EXPECT_EQ(notices[0].title, QStringLiteral("GitHub needs you to sign in again"));
    EXPECT_TRUE(notices[0].text.contains(QStringLiteral("<b>ana</b>")));
    ASSERT_EQ(notices[0].actions.size(), 2U);
    notices[0].actions[0].run();
    notices[0].actions[1].run();
    EXPECT_EQ(done, (std::vector<std::string>{"sign in github", "show sessions s1"}));
    EXPECT_TRUE(over.empty());
    sessionIs("active");
    EXPECT_EQ(over, std::vector<std::string>{notices[0].reason});
    sessionIs("needs_sign_in");
    EXPECT_EQ(notices.size(), 2U);
    sessionIs("needs_sign_in", "removed");
    EXPECT_EQ(over.size(), 2U);
}

TEST_F(EventNoticesTest, WhatStoodSoAtTheBeginningOrAfterABreakIsNoNews) {
    broker.answer("session.list", Json{{"sessions", {sessionJson("s1", "github", "ana", "needs_sign_in")}}});
    connectAll();
    EXPECT_TRUE(notices.empty());
    broker.stop();
    ASSERT_TRUE(wait([&] { return !mirror.isOnline(); }));
    broker.start();
    ASSERT_TRUE(wait([&] { return mirror.isLoaded(); }));
    settle();
    EXPECT_TRUE(notices.empty());
    EXPECT_TRUE(over.empty());
}

TEST_F(EventNoticesTest, AQuestionThatIsNotSeenIsToldAndTakenBackWithIt) {
    connectAll();
    broker.emitEvent("consent.requested", requestJson("c1"));
    settle();
    EXPECT_TRUE(notices.empty());
    patience->fire();
    ASSERT_EQ(notices.size(), 1U);
    EXPECT_EQ(notices[0].topic, Notice::Topic::Request);
    EXPECT_EQ(notices[0].title, QStringLiteral("github-mcp/index.js asks for access"));
    notices[0].actions.at(0).run();
    EXPECT_EQ(done, std::vector<std::string>{"prompt"});
    broker.emitEvent("consent.withdrawn", {{"consent_id", "c1"}, {"why", "answered"}});
    ASSERT_TRUE(wait([&] { return over.size() == 1; }));
    EXPECT_EQ(over[0], notices[0].reason);
}

TEST_F(EventNoticesTest, AQuestionThatIsSeenOrGoneIsNotTold) {
    connectAll();
    seen = true;
    broker.emitEvent("consent.requested", requestJson("c1"));
    settle();
    patience->fire();
    EXPECT_TRUE(notices.empty());
    seen = false;
    broker.emitEvent("consent.requested", requestJson("c2"));
    broker.emitEvent("consent.withdrawn", {{"consent_id", "c2"}, {"why", "expired"}});
    settle();
    patience->fire();
    EXPECT_TRUE(notices.empty());
    EXPECT_TRUE(over.empty());
}

TEST_F(EventNoticesTest, AlertsAndToolsLeadToTheirPlace) {
    connectAll();
    broker.emitEvent(
        "alert",
        {{"level", "warning"}, {"name", "denials"}, {"message", "Denied\x1b often"}, {"action", "Look."}});
    broker.emitEvent(
        "alert",
        {{"level", "warning"}, {"name", "tool_changed"}, {"message", "It differs"}, {"action", "Look."}});
    ASSERT_TRUE(wait([&] { return notices.size() == 2; }));
    EXPECT_EQ(notices[0].title, QStringLiteral("Denied\\u{1B} often"));
    notices[0].actions.at(0).run();
    notices[1].actions.at(0).run();
    EXPECT_EQ(done, (std::vector<std::string>{"show health ", "tools"}));
}

} // namespace
} // namespace keybearer::test
