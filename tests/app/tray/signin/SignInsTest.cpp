#include "app/tray/signin/SignIns.h"

#include "tests/app/tray/support/TrayFixture.h"

#include <QLabel>
#include <QPushButton>

namespace keybearer::test {
namespace {

class SignInsTest : public TrayFixture {
protected:
    SignInsTest() {
        broker.answer("signin.start", [this](const Json&) {
            return Json{{"signin_id", "i" + std::to_string(++started)},
                        {"authorization_url", "https://a.example/"}};
        });
        broker.answer("signin.cancel", [](const Json& params) { return params; });
        QObject::connect(&signIns, &SignIns::noticed, &signIns,
                         [this](const Notice& n) { notices.push_back(n); });
        QObject::connect(&signIns, &SignIns::sessionWanted, &signIns,
                         [this](const std::string& id) { shownSessions.push_back(id); });
    }

    int started = 0;
    SignIns signIns{client, mirror, [](const QUrl&) { return true; }};
    std::vector<Notice> notices;
    std::vector<std::string> shownSessions;
};

TEST_F(SignInsTest, SeveralGoOnAtOnceAndOneAPlace) {
    connectAll();
    signIns.signIn("github");
    signIns.signIn("rd");
    signIns.signInTo("https://mcp.example.com/mcp");
    signIns.signIn("github"); // brought to the front
    ASSERT_TRUE(wait([&] { return broker.called("signin.start").size() == 3; }));
    settle();
    EXPECT_EQ(signIns.running(), 3U);
    EXPECT_EQ(broker.called("signin.start").size(), 3U);
    broker.emitEvent(
        "signin.progress",
        {{"signin_id", "i2"}, {"state", "signed_in"}, {"session", sessionJson("s2", "rd", "bo")}});
    ASSERT_TRUE(wait([&] { return signIns.running() == 2; }));
    EXPECT_TRUE(broker.called("signin.cancel").empty());
}

TEST_F(SignInsTest, TheEndIsToldWithAWayToTheSession) {
    connectAll();
    signIns.signIn("github");
    ASSERT_TRUE(wait([&] { return started == 1; }));
    settle();
    broker.emitEvent("signin.progress", {{"signin_id", "i1"},
                                         {"state", "signed_in"},
                                         {"session", sessionJson("s1", "github", "ana@example.com")}});
    ASSERT_TRUE(wait([&] { return notices.size() == 1; }));
    EXPECT_EQ(notices[0].title, QStringLiteral("Signed in as ana@example.com"));
    EXPECT_TRUE(notices[0].text.contains(QStringLiteral("GitHub")));
    EXPECT_EQ(notices[0].reason, "signed-in:github");
    ASSERT_EQ(notices[0].actions.size(), 1U);
    notices[0].actions[0].run();
    EXPECT_EQ(shownSessions, (std::vector<std::string>{"s1"}));
}

TEST_F(SignInsTest, ANoticeMayLiveLonger) {
    connectAll();
    Notice kept;
    {
        SignIns gone(client, mirror, [](const QUrl&) { return true; });
        QObject::connect(&gone, &SignIns::noticed, &gone, [&](const Notice& n) { kept = n; });
        broker.answer("signin.start", Json{{"signin_id", "i9"},
                                           {"state", "signed_in"},
                                           {"session", sessionJson("s1", "github", "desk")}});
        gone.signIn("github");
        ASSERT_TRUE(wait([&] { return !kept.actions.empty(); }));
    }
    kept.actions[0].run();
    EXPECT_TRUE(shownSessions.empty());
}

TEST_F(SignInsTest, WhatIsNotSetUpOpensItsFormFromTheChooser) {
    connectAll();
    signIns.choose();
    signIns.choose();
    ASSERT_NE(signIns.chooser(), nullptr);
    Q_EMIT signIns.chooser()->setupWanted("slack");
    ASSERT_NE(signIns.form(), nullptr);
    EXPECT_EQ(signIns.form()->provider(), "slack");
    signIns.signIn("slack");
    EXPECT_EQ(signIns.running(), 0U);
    EXPECT_TRUE(broker.called("signin.start").empty());
}

TEST_F(SignInsTest, GoingAwayCancelsAll) {
    connectAll();
    auto own = std::make_unique<SignIns>(client, mirror, [](const QUrl&) { return true; });
    own->signIn("github");
    own->signIn("rd");
    ASSERT_TRUE(wait([&] { return started == 2; }));
    settle();
    own.reset();
    EXPECT_TRUE(wait([&] { return broker.called("signin.cancel").size() == 2; }));
}

} // namespace
} // namespace keybearer::test
