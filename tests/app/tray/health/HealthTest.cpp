// What is wrong, what mends it, and a report without names.
#include "app/tray/health/HealthFacts.h"
#include "app/tray/health/HealthPage.h"
#include "app/tray/health/HealthReport.h"
#include "tests/app/tray/support/TrayFixture.h"

#include <QClipboard>
#include <QFile>
#include <QFrame>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QTemporaryDir>
#include <QUrl>
#include <algorithm>

namespace keybearer::test {
namespace {

using Level = FindingRecord::Level;

FindingRecord finding(Level level, const std::string& name, const char* message = "It is so.") {
    return {level, name, QString::fromUtf8(message), {}};
}

SessionRecord sessionOf(const std::string& provider, const char* account) {
    SessionRecord session;
    session.id = "s1";
    session.provider = provider;
    session.account = QString::fromUtf8(account);
    return session;
}

TEST(Findings, AreSortedFromBadToGoodAndNotTrusted) {
    const auto found = readFindings(
        Json{{"findings",
              Json::array({{{"level", "ok"}, {"name", "a"}, {"message", "fine"}},
                           {{"level", "error"}, {"name", "\u202Ex"}, {"message", "bad\u202E<b>\x1b[1m"}},
                           {{"level", "warning"}, {"message", std::string(10'000, 'w')}},
                           {{"level", "error"}},
                           "text"})}});
    ASSERT_EQ(found.size(), 3U);
    EXPECT_EQ(found[0].level, Level::Error);
    EXPECT_FALSE(found[0].message.contains(QChar(0x202E)) || found[0].message.contains(QChar(0x1b)));
    EXPECT_EQ(found[1].level, Level::Warning);
    EXPECT_LT(found[1].message.size(), 1100);
    EXPECT_EQ(found[2].level, Level::Good);
    EXPECT_TRUE(readFindings(Json::array()).empty());
    EXPECT_TRUE(readFindings(Json{{"findings", 7}}).empty());
}

TEST(Remedies, O2_EachFindingHasTheButtonThatMendsIt) {
    const std::vector<SessionRecord> sessions{sessionOf("github", "ana@example.com")};
    const std::vector<ProviderRecord> providers{{"slack", QStringLiteral("Slack"), true, {}}};
    const auto of = [&](const FindingRecord& each) { return remedyFor(each, sessions, providers); };
    EXPECT_EQ(of(finding(Level::Warning, "store_locked")).kind, Remedy::Kind::Unlock);
    EXPECT_EQ(of(finding(Level::Error, "broker")).kind, Remedy::Kind::Start);
    EXPECT_EQ(of(finding(Level::Good, "broker")).kind, Remedy::Kind::None);
    EXPECT_EQ(of(finding(Level::Error, "config")).kind, Remedy::Kind::OpenConfig);
    EXPECT_EQ(of(finding(Level::Warning, "state_directory")).what, "state_directory");
    EXPECT_EQ(of(finding(Level::Error, "state_directory")).kind, Remedy::Kind::None)
        << "somebody else has it";
    const Remedy signIn = of(finding(Level::Warning, "sign_in_again", "Github - ana@example.com: revoked."));
    EXPECT_EQ(signIn.kind, Remedy::Kind::SignIn);
    EXPECT_EQ(signIn.what, "github");
    EXPECT_EQ(of(finding(Level::Error, "client_id", "Slack: there is no client id.")).what, "slack");
    EXPECT_EQ(of(finding(Level::Warning, "sign_in_again", "other - x: y")).what, "sessions");
    EXPECT_EQ(of(finding(Level::Error, "clock")).kind, Remedy::Kind::None);
}

TEST(Remedies, O2_WhatTheBrokerSaysNowTakesThePlaceOfWhatItSaid) {
    const std::vector<FindingRecord> doctor{finding(Level::Error, "clock"),
                                            finding(Level::Warning, "store_locked"),
                                            finding(Level::Good, "broker")};
    const std::vector<FindingRecord> now{finding(Level::Warning, "unsaved_tokens")};
    const auto merged = mergedFindings(doctor, now, true);
    ASSERT_EQ(merged.size(), 3U);
    EXPECT_EQ(merged[0].name, "clock");
    EXPECT_EQ(merged[1].name, "unsaved_tokens");
    EXPECT_EQ(merged[2].name, "broker");
    EXPECT_EQ(mergedFindings(doctor, now, false), doctor);
}

TEST(HealthReports, O2_HaveNoAccountsNoHomeAndNoPlaces) {
    SessionRecord session = sessionOf("github", "ana@example.com");
    session.subject = QStringLiteral("583231");
    const QString report = healthReport(
        {finding(Level::Warning, "sign_in_again", "Github - ana@example.com (583231): gone."),
         finding(Level::Good, "config",
                 "The configuration /home/ana/.config/keybearer/config.yaml can be read.")},
        Json{{"version", "0.1.0"}, {"config", "/home/ana/secret-project"}, {"store", {{"backend", "file"}}}},
        {session}, QStringLiteral("/home/ana"));
    EXPECT_FALSE(report.contains(u"ana")) << report.toStdString();
    EXPECT_FALSE(report.contains(u"583231"));
    EXPECT_TRUE(report.contains(u"~/.config/keybearer/config.yaml"));
    EXPECT_TRUE(report.contains(u"version: \"0.1.0\""));
    EXPECT_TRUE(report.contains(u"warning sign_in_again: Github - (account)"));
}

class HealthPageTest : public TrayFixture {
protected:
    HealthPageTest() {
        broker.answer("health.get", [this](const Json&) {
            return Json{{"status", "ok"},
                        {"version", "0.1.0"},
                        {"pid", 7},
                        {"started_at", "2026-05-01T08:00:00Z"},
                        {"access_mode", "ask"},
                        {"store", {{"backend", "file"}, {"state", "ready"}}},
                        {"findings", findings}};
        });
        broker.answer("store.status",
                      Json{{"backend", "file"}, {"state", "ready"}, {"move_unfinished", "keychain to file"}});
    }
    // A stand-in for keybearer that notes each run and finds what the test says.
    CommandLineTool::Options doctor(const char* answer) {
        QFile script(directory.filePath(QStringLiteral("keybearer")));
        EXPECT_TRUE(script.open(QIODevice::WriteOnly));
        script.write("#!/bin/sh\necho \"$*\" >> \"$(dirname \"$0\")/runs\"\ncat <<'END'\n");
        script.write(answer);
        script.write("\nEND\n");
        script.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        CommandLineTool::Options options;
        options.program = script.fileName();
        return options;
    }
    [[nodiscard]] QStringList runs() const {
        QFile file(directory.filePath(QStringLiteral("runs")));
        return file.open(QIODevice::ReadOnly)
                   ? QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts)
                   : QStringList();
    }
    void make(
        const char* answer =
            R"({"findings":[{"level":"error","name":"clock","message":"the clock is wrong","action":"Set it."},
        {"level":"warning","name":"state_directory","message":"the state directory is open","action":"Close it."}]})") {
        HealthPage::Surroundings around;
        around.tool = doctor(answer);
        around.open = [this](const QUrl& url) {
            opened = url;
            return true;
        };
        page = std::make_unique<HealthPage>(client, mirror, around);
        page->resize(800, 600);
    }
    void show() {
        page->show();
        ASSERT_TRUE(wait([&] { return part<QPushButton>("checkAgain")->isEnabled() && !runs().isEmpty(); }));
        settle();
    }
    template <typename T>
    [[nodiscard]] T* part(const char* name) const {
        return page->findChild<T*>(QLatin1String(name));
    }
    [[nodiscard]] QString headline() const { return part<QLabel>("headline")->text(); }

    QTemporaryDir directory;
    Json findings = Json::array();
    QUrl opened;
    std::unique_ptr<HealthPage> page;
};

TEST_F(HealthPageTest, O2_NothingRunsWhileItIsHidden) {
    connectAll();
    make();
    page->tick();
    page->select("check");
    broker.emitEvent("health.changed", {});
    settle();
    EXPECT_TRUE(runs().isEmpty());
    EXPECT_TRUE(broker.called("store.status").empty());
}

TEST_F(HealthPageTest, O2_ShowsWhatDoctorFoundAndMendsIt) {
    connectAll();
    make();
    show();
    EXPECT_TRUE(headline().contains(u"1 thing")) << headline().toStdString();
    EXPECT_EQ(page->waiting(), 2);
    EXPECT_EQ(runs(), QStringList{QStringLiteral("--json doctor --no-spawn")});
    auto* button = part<QPushButton>("remedy");
    ASSERT_NE(button, nullptr);
    EXPECT_EQ(button->text(), u"Close it to others");
    QTest::mouseClick(button, Qt::LeftButton);
    ASSERT_TRUE(wait([&] { return runs().size() == 3; })) << "mended, and checked again";
    EXPECT_EQ(runs()[1], u"--json doctor --fix state_directory");
    page->search(QStringLiteral("clock"));
    EXPECT_EQ(page->found(), 1);
}

TEST_F(HealthPageTest, O2_WhatTheBrokerSaysIsShownAsItChanges) {
    connectAll();
    make(R"({"findings":[]})");
    show();
    EXPECT_EQ(page->waiting(), 0);
    findings = Json::array({{{"level", "warning"},
                             {"name", "store_locked"},
                             {"message", "the store is locked"},
                             {"action", ""}}});
    page->tick();
    ASSERT_TRUE(wait([&] { return page->waiting() == 1; }));
    bool unlock = false;
    QObject::connect(page.get(), &HealthPage::unlockWanted, page.get(), [&] { unlock = true; });
    QTest::mouseClick(part<QPushButton>("remedy"), Qt::LeftButton);
    EXPECT_TRUE(unlock);
    findings = Json::array();
    page->tick();
    ASSERT_TRUE(wait([&] { return page->waiting() == 0; }));
    EXPECT_EQ(runs().size(), 1) << "the check is young";
}

TEST_F(HealthPageTest, O2_WhatWorksIsThereWhenItIsAskedFor) {
    make(R"({"findings":[{"level":"ok","name":"clock","message":"the clock is right"},
        {"level":"error","name":"x","message":"bad"}]})");
    show();
    const auto shownRows = [&] {
        int count = 0;
        for (const QFrame* row : page->findChildren<QFrame*>(QStringLiteral("finding")))
            count += row->isVisible() ? 1 : 0;
        return count;
    };
    EXPECT_EQ(shownRows(), 1);
    QTest::mouseClick(part<QPushButton>("showGood"), Qt::LeftButton);
    EXPECT_EQ(shownRows(), 2);
    QTest::mouseClick(part<QPushButton>("showGood"), Qt::LeftButton);
    page->search(QStringLiteral("clock"));
    EXPECT_EQ(shownRows(), 1) << "a search finds it all the same";
    EXPECT_EQ(page->found(), 1);
}

TEST_F(HealthPageTest, O2_TabGoesThroughTheFindingsFromAboveToBelow) {
    make(R"({"findings":[{"level":"ok","name":"clock","message":"the clock is right"},
        {"level":"error","name":"config","message":"config.yaml:3: unknown key"},
        {"level":"warning","name":"state_directory","message":"the state directory is open"}]})");
    show();
    page->activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(page.get()));
    part<QPushButton>("checkAgain")->setFocus();
    QStringList order;
    for (int i = 0; i < 5; ++i) {
        QTest::keyClick(page->focusWidget(), Qt::Key_Tab);
        const auto* button = qobject_cast<QPushButton*>(page->focusWidget());
        order.append(button != nullptr ? button->text().remove(u'&') : page->focusWidget()->objectName());
    }
    EXPECT_EQ(order,
              (QStringList{QStringLiteral("health"), QStringLiteral("Open configuration"),
                           QStringLiteral("Close it to others"), QStringLiteral("Show 1 thing(s) that work"),
                           QStringLiteral("Copy report")}))
        << order.join(u'|').toStdString();
}

TEST(HealthFactsTest, O2_WhatIsNotKnownHasNoLine) {
    const Json health{{"version", "0.1.0"}, {"counters", {{"refreshes_failed", 2}, {"alerts", 1}}}};
    const auto facts = healthFacts(health, Json::object(), QDateTime::currentDateTimeUtc());
    const auto said = [&](const QString& name) {
        const auto found =
            std::find_if(facts.begin(), facts.end(), [&](const auto& fact) { return fact.first == name; });
        return found == facts.end() ? QString() : found->second;
    };
    EXPECT_EQ(said(QStringLiteral("Trouble since the start")),
              QStringLiteral("2 renewal(s) failed, 1 alert(s)"));
    for (const char* unknown : {"Configuration", "Socket"})
        EXPECT_FALSE(std::any_of(facts.begin(), facts.end(), [&](const auto& fact) {
            return fact.first == QLatin1String(unknown);
        })) << unknown;
}

TEST_F(HealthPageTest, O2_ABrokenConfigurationOpensInAnEditor) {
    make(R"({"findings":[{"level":"error","name":"config","message":"config.yaml:3: unknown key"}]})");
    show();
    QTest::mouseClick(part<QPushButton>("remedy"), Qt::LeftButton);
    EXPECT_TRUE(opened.isLocalFile());
    EXPECT_TRUE(opened.path().endsWith(u"config.yaml")) << opened.path().toStdString();
}

TEST_F(HealthPageTest, O2_ACheckThatDoesNotRunIsSaid) {
    make("no JSON at all");
    page->show();
    ASSERT_TRUE(wait([&] { return page->waiting() == 1; }));
    EXPECT_TRUE(headline().contains(u"1 thing"));
}

TEST_F(HealthPageTest, O2_AReportGoesToTheClipboard) {
    connectAll();
    make();
    show();
    QTest::mouseClick(part<QPushButton>("copyReport"), Qt::LeftButton);
    EXPECT_TRUE(QGuiApplication::clipboard()->text().contains(u"error clock: The clock is wrong."));
}

} // namespace
} // namespace keybearer::test
