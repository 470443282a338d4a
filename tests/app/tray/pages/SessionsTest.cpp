#include "app/tray/actions/KeyActions.h"
#include "app/tray/actions/SessionActions.h"
#include "app/tray/pages/ConsentModel.h"
#include "app/tray/pages/SessionModel.h"
#include "app/tray/pages/SessionsPage.h"
#include "tests/app/tray/support/TrayFixture.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QApplication>
#include <QElapsedTimer>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>

namespace keybearer::test {
namespace {

class SessionsTest : public TrayFixture {
protected:
    SessionsTest()
        : actions(client, mirror, [this] { return std::make_unique<ManualCountdown>(&countdown); }) {
        QObject::connect(&actions, &SessionActions::noticed, &actions,
                         [this](const Notice& notice) { notices.push_back(notice); });
        broker.answer("session.list", Json{{"sessions",
                                            {sessionJson("s1", "github", "ana"),
                                             sessionJson("s2", "rd", "bo", "needs_sign_in"),
                                             sessionJson("s3", "github", "cy")}}});
    }
    static QMessageBox* question() {
        for (QWidget* widget : QApplication::topLevelWidgets()) {
            auto* box = qobject_cast<QMessageBox*>(widget);
            if (box != nullptr && box->isVisible())
                return box;
        }
        return nullptr;
    }
    static void press(QMessageBox* box, QMessageBox::ButtonRole role) {
        for (QAbstractButton* button : box->buttons()) {
            if (box->buttonRole(button) == role)
                return button->click();
        }
    }

    // Says yes to the question that is open.
    static void confirm() { press(question(), QMessageBox::AcceptRole); }
    static QString actionOf(const Notice& notice) {
        return notice.actions.empty() ? QString() : notice.actions[0].text;
    }

    ManualCountdown* countdown = nullptr; // of the last deed that waits
    SessionActions actions;
    KeyActions keys{client, mirror};
    std::vector<Notice> notices;
};

TEST_F(SessionsTest, ModelFollowsTheMirrorAndIsSound) {
    SessionModel model(mirror, [] { return QDateTime(QDate(2099, 12, 31), QTime(23, 0), Qt::UTC); });
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    EXPECT_EQ(model.rowCount(), 0);
    connectAll();
    ASSERT_EQ(model.rowCount(), 3);
    const auto text = [&](int row, int column) { return model.index(row, column).data().toString(); };
    EXPECT_EQ(text(0, SessionModel::Provider), QStringLiteral("GitHub"));
    EXPECT_EQ(text(0, SessionModel::AccountLabel), QStringLiteral("ana"));
    EXPECT_EQ(text(0, SessionModel::Scopes),
              QStringLiteral("read and change all your repositories, see your e-mail address"));
    EXPECT_EQ(text(0, SessionModel::State), QStringLiteral("Active"));
    EXPECT_TRUE(text(0, SessionModel::Expires).startsWith(QStringLiteral("in 1 hour")));
    EXPECT_EQ(text(0, SessionModel::LastUsed), QStringLiteral("never"));
    EXPECT_EQ(text(1, SessionModel::Expires), QStringLiteral("\u2013"));
    EXPECT_FALSE(model.index(0, SessionModel::State).data(Qt::DecorationRole).isNull());
}

TEST_F(SessionsTest, ChangeOfOneSessionKeepsTheRows) {
    SessionModel model(mirror, &QDateTime::currentDateTimeUtc);
    connectAll();
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    broker.emitEvent(
        "session.changed",
        {{"session_id", "s2"}, {"change", "updated"}, {"session", sessionJson("s2", "rd", "bo")}});
    ASSERT_TRUE(wait([&] { return changes.count() > 0; }));
    EXPECT_EQ(resets.count(), 0);
    EXPECT_EQ(model.at(1)->state, SessionState::Active);
    QSignalSpy removals(&model, &QAbstractItemModel::rowsRemoved);
    broker.emitEvent("session.changed", {{"session_id", "s2"}, {"change", "removed"}});
    ASSERT_TRUE(wait([&] { return removals.count() == 1; }));
    EXPECT_EQ(model.rowOf("s3"), 1);
    EXPECT_EQ(resets.count(), 0);
}

TEST_F(SessionsTest, TimesAreSortedAsTimes) {
    SessionModel model(mirror, &QDateTime::currentDateTimeUtc);
    connectAll();
    EXPECT_EQ(model.index(0, SessionModel::Expires).data(SessionModel::SortRole).userType(),
              QMetaType::QDateTime);
    EXPECT_LT(model.index(0, SessionModel::State).data(SessionModel::SortRole).toInt(),
              model.index(1, SessionModel::State).data(SessionModel::SortRole).toInt());
}

TEST_F(SessionsTest, ConsentsAreListed) {
    broker.answer("consent.list", Json{{"consents",
                                        {{{"consent_id", "k1"},
                                          {"executable", "/usr/bin/git"},
                                          {"provider", "github"},
                                          {"duration", "session"}},
                                         {{"consent_id", "k2"},
                                          {"executable", "/opt/x"},
                                          {"provider", "rd"},
                                          {"duration", "30 days"},
                                          {"expires_at", "2100-01-01T00:00:00Z"}},
                                         {{"consent_id", "k3"},
                                          {"executable", "/usr/bin/node"},
                                          {"script", "/home/ana/notes/server.js"},
                                          {"provider", "run:notes"},
                                          {"account", {{"label", "/usr/bin/node server.js"}}},
                                          {"duration", "30 days"}}}}});
    ConsentModel model(mirror, &QDateTime::currentDateTimeUtc);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    connectAll();
    ASSERT_EQ(model.rowCount(), 3);
    EXPECT_EQ(model.index(0, ConsentModel::Program).data().toString(), QStringLiteral("git"));
    EXPECT_EQ(model.index(2, ConsentModel::Program).data().toString(), QStringLiteral("notes/server.js"));
    EXPECT_EQ(model.index(2, ConsentModel::Account).data().toString(), QStringLiteral("run profile notes"));
    EXPECT_TRUE(model.index(2, ConsentModel::Account)
                    .data(Qt::ToolTipRole)
                    .toString()
                    .contains(QStringLiteral("/usr/bin/node server.js")));
    EXPECT_EQ(model.index(0, ConsentModel::Until).data().toString(), QStringLiteral("the program ends"));
    EXPECT_TRUE(model.index(1, ConsentModel::Until).data().toString().startsWith(QStringLiteral("in ")));
}

TEST_F(SessionsTest, RevokeAsksFirstAndCancelIsTheDefault) {
    connectAll();
    actions.revoke("s1", nullptr);
    QMessageBox* box = question();
    ASSERT_NE(box, nullptr);
    EXPECT_EQ(box->textFormat(), Qt::PlainText);
    EXPECT_TRUE(box->text().contains(QStringLiteral("ana")));
    EXPECT_EQ(box->buttonRole(box->defaultButton()), QMessageBox::RejectRole);
    press(box, QMessageBox::RejectRole);
    settle();
    EXPECT_TRUE(broker.called("session.revoke").empty());
}

TEST_F(SessionsTest, T6_RevokeSaysWhetherTheProviderConfirmed) {
    connectAll();
    broker.answer("session.revoke",
                  Json{{"session_id", "s1"}, {"revoked_at_provider", true}, {"erased", true}});
    actions.revoke("s1", nullptr);
    confirm();
    countdown->fire();
    ASSERT_TRUE(wait([&] { return notices.size() == 2; }));
    EXPECT_EQ(broker.called("session.revoke")[0]["session_id"], "s1");
    EXPECT_EQ(notices[1].kind, Notice::Kind::News);
    EXPECT_TRUE(notices[1].text.contains(QStringLiteral("GitHub has confirmed")));

    broker.answer(
        "session.revoke",
        Json{{"session_id", "s1"}, {"revoked_at_provider", false}, {"erased", true}, {"problem", "503"}});
    actions.revoke("s1", nullptr);
    confirm();
    countdown->fire();
    ASSERT_TRUE(wait([&] { return notices.size() == 4; }));
    EXPECT_EQ(notices[3].kind, Notice::Kind::Problem);
    EXPECT_TRUE(notices[3].title.contains(QStringLiteral("not confirmed by GitHub")));
    EXPECT_TRUE(notices[3].text.startsWith(QStringLiteral("503")));
}

TEST_F(SessionsTest, RevokedIsNothingBeforeTheSecondsToUndoHavePassed) {
    connectAll();
    actions.revoke("s1", nullptr);
    confirm();
    EXPECT_TRUE(actions.isLeaving("s1"));
    ASSERT_EQ(notices.size(), 1U);
    EXPECT_EQ(notices[0].title, QStringLiteral("The GitHub session of ana ends in 6 second(s)"));
    EXPECT_EQ(actionOf(notices[0]), QStringLiteral("Undo"));
    EXPECT_EQ(countdown->lastLength, std::chrono::seconds(6));
    actions.revoke("s1", nullptr); // a second time: it is on its way already
    EXPECT_EQ(question(), nullptr);
    notices[0].actions[0].run();
    EXPECT_FALSE(actions.isLeaving("s1"));
    settle();
    EXPECT_TRUE(broker.called("session.revoke").empty());
    EXPECT_EQ(notices.back().text, QStringLiteral("The GitHub session of ana stays."));
}

TEST_F(SessionsTest, WhatWaitsIsDoneAtOnceWhenNobodyCanUndoIt) {
    connectAll();
    broker.answer("session.revoke",
                  Json{{"session_id", "s1"}, {"revoked_at_provider", true}, {"erased", true}});
    actions.revoke("s1", nullptr);
    confirm();
    actions.finishAll(); // as when the tray quits: returns when the broker has answered
    EXPECT_EQ(broker.called("session.revoke").size(), 1U);
    EXPECT_TRUE(notices.back().text.contains(QStringLiteral("GitHub has confirmed")));
}

TEST_F(SessionsTest, QuittingWaitsForASilentBrokerNoLongerThanItMust) {
    connectAll();
    broker.ignore("session.revoke");
    actions.revoke("s1", nullptr);
    confirm();
    QElapsedTimer timer;
    timer.start();
    actions.finishAll();
    EXPECT_LT(timer.elapsed(), 8000);
    EXPECT_EQ(broker.called("session.revoke").size(), 1U);
}

TEST_F(SessionsTest, FailedRefreshSaysWhatToDo) {
    connectAll();
    broker.answer(
        "session.refresh",
        Json{
            {"error", {{"code", -31006}, {"message", "503"}, {"data", {{"name", "provider_unavailable"}}}}}});
    actions.refresh("s1");
    ASSERT_TRUE(wait([&] { return notices.size() == 1; }));
    EXPECT_TRUE(notices[0].text.contains(QStringLiteral("Nothing is lost")));
}

TEST_F(SessionsTest, HostilePathInAQuestionStaysText) {
    broker.answer(
        "consent.list",
        Json{{"consents", {{{"consent_id", "k1"}, {"executable", "/x/<img src=y>"}, {"provider", "rd"}}}}});
    connectAll();
    ASSERT_TRUE(wait([&] { return !mirror.consents().empty(); }));
    actions.revokeConsent("k1", nullptr);
    QMessageBox* box = question();
    ASSERT_NE(box, nullptr);
    EXPECT_TRUE(box->informativeText().contains(QStringLiteral("&lt;img")));
    press(box, QMessageBox::AcceptRole);
    countdown->fire();
    ASSERT_TRUE(wait([&] { return broker.called("consent.revoke").size() == 1; }));
}

TEST_F(SessionsTest, PageInvitesUntilThereIsASessionAndKeepsTheSelection) {
    SessionsPage window(mirror, actions, keys);
    window.show();
    auto* table = window.findChild<QTableView*>(QStringLiteral("sessions"));
    ASSERT_NE(table, nullptr);
    EXPECT_FALSE(table->isVisible());
    connectAll();
    EXPECT_TRUE(table->isVisible());
    window.select("s2");
    const auto account = [&] {
        const QModelIndexList rows = table->selectionModel()->selectedRows(SessionModel::AccountLabel);
        return rows.isEmpty() ? QString() : rows.front().data().toString();
    };
    EXPECT_EQ(account(), QStringLiteral("bo"));
    auto* refresh = window.findChild<QPushButton*>(QStringLiteral("refresh"));
    EXPECT_TRUE(refresh->text().contains(QStringLiteral("ign in again")));
    broker.emitEvent("session.changed",
                     {{"session_id", "s1"}, {"change", "removed"}}); // makes the table anew
    ASSERT_TRUE(wait([&] { return table->model()->rowCount() == 2; }));
    EXPECT_EQ(account(), QStringLiteral("bo"));
    std::string wanted;
    QObject::connect(&window, &SessionsPage::signInWanted, &window,
                     [&](const std::string& p) { wanted = p; });
    refresh->click();
    EXPECT_EQ(wanted, "rd");
}

} // namespace
} // namespace keybearer::test
