#include "app/tray/actions/SharingControl.h"

#include "app/tray/actions/QuitQuestion.h"
#include "tests/app/tray/support/TrayFixture.h"

#include <QAbstractButton>
#include <QCheckBox>

namespace keybearer::test {
namespace {

class SharingControlTest : public TrayFixture {
protected:
    SharingControlTest() : control(client, mirror) {
        QObject::connect(&control, &SharingControl::noticed, &control,
                         [this](const Notice& notice) { notices.push_back(notice); });
    }
    void becomes(bool paused) {
        broker.answer("health.get", Json{{"status", "ok"},
                                         {"store", {{"backend", "memory"}, {"state", "ready"}}},
                                         {"sharing", {{"paused", paused}}}});
        broker.emitEvent("health.changed", {{"status", "ok"}});
        ASSERT_TRUE(wait([&] { return mirror.health().paused == paused; }));
        settle();
    }

    SharingControl control;
    std::vector<Notice> notices;
};

TEST_F(SharingControlTest, AsksTheBrokerForTheLength) {
    broker.answer("sharing.pause", Json{{"paused", true}});
    connectAll();
    control.pause(std::chrono::seconds(900));
    control.pause(std::nullopt);
    ASSERT_TRUE(wait([&] { return broker.called("sharing.pause").size() == 2; }));
    EXPECT_EQ(broker.called("sharing.pause").at(0), (Json{{"seconds", 900}}));
    EXPECT_EQ(broker.called("sharing.pause").at(1), Json::object());
}

TEST_F(SharingControlTest, WhatSomebodyElseDoesIsTold) {
    connectAll();
    EXPECT_TRUE(notices.empty());
    becomes(true);
    ASSERT_EQ(notices.size(), 1U);
    EXPECT_EQ(notices[0].title, QStringLiteral("Sharing was paused"));
    broker.answer("sharing.resume", Json{{"paused", false}});
    ASSERT_EQ(notices[0].actions.size(), 1U);
    notices[0].actions[0].run();
    ASSERT_TRUE(wait([&] { return broker.called("sharing.resume").size() == 1; }));
    becomes(false);
    EXPECT_EQ(notices.size(), 1U) << "what one has done oneself is no news";
    becomes(true);
    becomes(false);
    ASSERT_EQ(notices.size(), 3U);
    EXPECT_EQ(notices[2].reason, notices[0].reason);
}

TEST_F(SharingControlTest, HowItStoodAtTheBeginningIsNoNews) {
    broker.answer("health.get", Json{{"status", "ok"},
                                     {"store", {{"backend", "memory"}, {"state", "ready"}}},
                                     {"sharing", {{"paused", true}}}});
    connectAll();
    EXPECT_TRUE(mirror.health().paused);
    EXPECT_TRUE(notices.empty());
}

TEST_F(SharingControlTest, ARefusalIsTold) {
    broker.answer(
        "sharing.pause",
        Json{{"error", {{"code", -31009}, {"message", "no"}, {"data", {{"name", "policy_denied"}}}}}});
    connectAll();
    control.pause(std::nullopt);
    ASSERT_TRUE(wait([&] { return notices.size() == 1; }));
    EXPECT_EQ(notices[0].kind, Notice::Kind::Problem);
}

class QuitQuestionTest : public ::testing::Test {
protected:
    QuitQuestionTest() {
        QObject::connect(&question, &QuitQuestion::quitWanted, &question,
                         [this](bool stop) { wanted.push_back(stop); });
    }
    QAbstractButton* button(const QString& text) const {
        for (QAbstractButton* one : question.dialog()->buttons()) {
            if (one->text() == text)
                return one;
        }
        return nullptr;
    }

    QTemporaryDir home;
    TraySettings settings{home.path().toStdString()};
    QuitQuestion question{settings};
    std::vector<bool> wanted;
};

TEST_F(QuitQuestionTest, AsksOnceAndDoesWhatIsSaid) {
    question.ask(true, nullptr);
    ASSERT_NE(question.dialog(), nullptr);
    const QMessageBox* first = question.dialog();
    question.ask(true, nullptr);
    EXPECT_EQ(question.dialog(), first);
    EXPECT_TRUE(wanted.empty());
    button(QStringLiteral("&Stop the broker too"))->click();
    EXPECT_EQ(wanted, std::vector<bool>{true});
    EXPECT_EQ(settings.quitChoice(), QuitChoice::Ask);
}

TEST_F(QuitQuestionTest, RemembersIfToldTo) {
    question.ask(true, nullptr);
    question.dialog()->checkBox()->setChecked(true);
    button(QStringLiteral("&Keep sharing in the background"))->click();
    EXPECT_EQ(settings.quitChoice(), QuitChoice::KeepBroker);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    question.ask(true, nullptr);
    EXPECT_EQ(wanted, (std::vector<bool>{false, false}));
}

TEST_F(QuitQuestionTest, CancelIsCancelAndWithoutABrokerNothingIsAsked) {
    question.ask(true, nullptr);
    QTest::keyClick(question.dialog(), Qt::Key_Escape);
    EXPECT_TRUE(wanted.empty());
    EXPECT_EQ(settings.quitChoice(), QuitChoice::Ask);
    question.ask(false, nullptr);
    EXPECT_EQ(wanted, std::vector<bool>{false});
}

} // namespace
} // namespace keybearer::test
