#include "app/tray/TrayMenu.h"

#include "tests/app/tray/support/TrayFixture.h"

namespace keybearer::test {
namespace {

class TrayMenuTest : public TrayFixture {
protected:
    static QStringList texts(const QMenu* menu) {
        QStringList list;
        for (const QAction* action : menu->actions())
            list.append(action->isSeparator() ? QStringLiteral("-") : action->text());
        return list;
    }
    static QAction* find(const QMenu* menu, const QString& text) {
        for (QAction* action : menu->actions()) {
            if (action->text() == text)
                return action;
        }
        return nullptr;
    }
    void load() {
        broker.answer("session.list", Json{{"sessions",
                                            {sessionJson("s1", "github", "ana@example.com"),
                                             sessionJson("s2", "rd", "<b>b&o</b>", "needs_sign_in")}}});
        connectAll();
    }
};

TEST_F(TrayMenuTest, OfflineMenuOffersWhatStillWorks) {
    TrayMenu menu(mirror);
    EXPECT_EQ(texts(menu.menu()),
              (QStringList{QStringLiteral("No connection to the broker"), QStringLiteral("-"),
                           QStringLiteral("Sign in"), QStringLiteral("Open"), QStringLiteral("-"),
                           QStringLiteral("Set up..."), QStringLiteral("Settings..."), QStringLiteral("-"),
                           QStringLiteral("Quit")}));
    EXPECT_FALSE(find(menu.menu(), QStringLiteral("Sign in"))->isEnabled());
}

TEST_F(TrayMenuTest, AccountsStandWithTheirState) {
    TrayMenu menu(mirror);
    load();
    const QAction* github = find(menu.menu(), QStringLiteral("GitHub \u2013 ana@example.com"));
    ASSERT_NE(github, nullptr);
    EXPECT_FALSE(github->icon().isNull());
    EXPECT_EQ(
        texts(github->menu()).mid(2),
        (QStringList{QStringLiteral("Refresh now"), QStringLiteral("Revoke..."), QStringLiteral("Details")}));
    const QAction* hostile = find(menu.menu(), QStringLiteral("R&&D \u2013 <b>b&&o</b>"));
    ASSERT_NE(hostile, nullptr);
    EXPECT_EQ(texts(hostile->menu()).at(2), QStringLiteral("Sign in again..."));
}

TEST_F(TrayMenuTest, ActionsNameTheirSession) {
    TrayMenu menu(mirror);
    load();
    std::vector<std::string> wanted;
    QObject::connect(&menu, &TrayMenu::refreshWanted, &menu,
                     [&](const std::string& id) { wanted.push_back("refresh " + id); });
    QObject::connect(&menu, &TrayMenu::revokeWanted, &menu,
                     [&](const std::string& id) { wanted.push_back("revoke " + id); });
    QObject::connect(&menu, &TrayMenu::detailsWanted, &menu,
                     [&](const std::string& id) { wanted.push_back("details " + id); });
    QObject::connect(&menu, &TrayMenu::signInWanted, &menu,
                     [&](const std::string& id) { wanted.push_back("signin " + id); });
    const QMenu* github = find(menu.menu(), QStringLiteral("GitHub \u2013 ana@example.com"))->menu();
    find(github, QStringLiteral("Refresh now"))->trigger();
    find(github, QStringLiteral("Revoke..."))->trigger();
    find(github, QStringLiteral("Details"))->trigger();
    find(find(menu.menu(), QStringLiteral("Sign in"))->menu(), QStringLiteral("R&&D"))->trigger();
    EXPECT_EQ(wanted, (std::vector<std::string>{"refresh s1", "revoke s1", "details s1", "signin rd"}));
}

TEST_F(TrayMenuTest, ProvidersThatAreNotSetUpAreFoundInTheChooser) {
    TrayMenu menu(mirror);
    load();
    const QMenu* signIn = find(menu.menu(), QStringLiteral("Sign in"))->menu();
    EXPECT_EQ(texts(signIn),
              (QStringList{QStringLiteral("GitHub"), QStringLiteral("R&&D"), QStringLiteral("-"),
                           QStringLiteral("Another provider or server...")}));
    int wanted = 0;
    QObject::connect(&menu, &TrayMenu::chooserWanted, &menu, [&] { ++wanted; });
    signIn->actions().last()->trigger();
    EXPECT_EQ(wanted, 1);
}

TEST_F(TrayMenuTest, ManyProvidersMakeNoLongMenu) {
    Json providers = Json::array();
    for (int i = 0; i < 40; ++i)
        providers.push_back({{"name", "p" + std::to_string(i)}, {"configured", true}});
    broker.answer("provider.list", Json{{"providers", providers}});
    TrayMenu menu(mirror);
    load();
    EXPECT_LE(find(menu.menu(), QStringLiteral("Sign in"))->menu()->actions().size(), 12);
}

TEST_F(TrayMenuTest, RequestsStandFirstByTheNameOfTheirProgram) {
    TrayMenu menu(mirror);
    load();
    for (int i = 0; i < 7; ++i) {
        Json request = requestJson("c" + std::to_string(i));
        request["caller"]["script"] = "/home/ana/<b>&x\xE2\x80\xAE" + std::string(200, 'y');
        broker.emitEvent("consent.requested", i == 0 ? requestJson("c0") : request);
    }
    settle();
    int wanted = 0;
    QObject::connect(&menu, &TrayMenu::pendingWanted, &menu, [&] { ++wanted; });
    const QStringList lines = texts(menu.menu());
    EXPECT_EQ(lines.at(1), QStringLiteral("github-mcp/index.js asks for GitHub..."));
    EXPECT_FALSE(lines.at(2).contains(QChar(0x202E)));
    EXPECT_LT(lines.at(2).size(), 80);
    EXPECT_EQ(lines.at(6), QStringLiteral("All 7 request(s)...")); // no translator, no plural form
    EXPECT_EQ(lines.at(7), QStringLiteral("-"));
    menu.menu()->actions().at(1)->trigger();
    menu.menu()->actions().at(6)->trigger();
    EXPECT_EQ(wanted, 2);
}

TEST_F(TrayMenuTest, OpenMenuIsLeftAloneUntilItCloses) {
    TrayMenu menu(mirror);
    load();
    menu.menu()->popup(QPoint(0, 0));
    const QStringList before = texts(menu.menu());
    broker.emitEvent("session.changed", {{"session_id", "s1"}, {"change", "removed"}});
    ASSERT_TRUE(wait([&] { return mirror.sessions().size() == 1; }));
    settle();
    EXPECT_EQ(texts(menu.menu()), before);
    menu.menu()->close();
    EXPECT_TRUE(wait([&] { return texts(menu.menu()) != before; }));
}

TEST_F(TrayMenuTest, LongListsAreCutShort) {
    Json sessions = Json::array();
    for (int i = 0; i < 40; ++i)
        sessions.push_back(sessionJson(std::to_string(i), "github", "account " + std::to_string(i)));
    broker.answer("session.list", Json{{"sessions", sessions}});
    TrayMenu menu(mirror);
    connectAll();
    EXPECT_LT(menu.menu()->actions().size(), 30);
    EXPECT_NE(find(menu.menu(), QStringLiteral("25 more in the Sessions window")), nullptr);
}

TEST_F(TrayMenuTest, PauseOffersThreeLengthsAndResumeTakesItsPlace) {
    TrayMenu menu(mirror);
    load();
    std::vector<qint64> wanted;
    QObject::connect(&menu, &TrayMenu::pauseWanted, &menu,
                     [&](qint64 seconds) { wanted.push_back(seconds); });
    for (QAction* length : find(menu.menu(), QStringLiteral("Pause sharing"))->menu()->actions())
        length->trigger();
    EXPECT_EQ(wanted, (std::vector<qint64>{900, 3600, 0}));
    broker.answer("health.get", Json{{"status", "ok"},
                                     {"store", {{"backend", "memory"}, {"state", "ready"}}},
                                     {"sharing", {{"paused", true}}}});
    broker.emitEvent("health.changed", {{"status", "ok"}});
    ASSERT_TRUE(wait([&] { return mirror.health().paused; }));
    settle();
    EXPECT_EQ(find(menu.menu(), QStringLiteral("Pause sharing")), nullptr);
    int resumed = 0;
    QObject::connect(&menu, &TrayMenu::resumeWanted, &menu, [&] { ++resumed; });
    find(menu.menu(), QStringLiteral("Resume sharing"))->trigger();
    EXPECT_EQ(resumed, 1);
    EXPECT_EQ(menu.menu()->actions().front()->text(), QStringLiteral("Sharing is paused"));
    EXPECT_EQ(mirror.state(), TrayState::Locked);
}

TEST_F(TrayMenuTest, QuitSaysThatTheBrokerGoesOn) {
    TrayMenu menu(mirror);
    EXPECT_TRUE(find(menu.menu(), QStringLiteral("Quit"))->toolTip().contains(QStringLiteral("go on")));
    EXPECT_TRUE(menu.menu()->toolTipsVisible());
}

} // namespace
} // namespace keybearer::test
