#include "app/tray/pages/SessionModel.h"
#include "app/tray/pages/SessionsPage.h"
#include "tests/app/tray/support/TrayFixture.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QIdentityProxyModel>
#include <QSignalSpy>
#include <QTableView>

namespace keybearer::test {
namespace {

constexpr int many = 5000;

// Counts what a view asks of a model.
class CountingProxy final : public QIdentityProxyModel {
public:
    using QIdentityProxyModel::QIdentityProxyModel;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override {
        ++asked;
        return QIdentityProxyModel::data(index, role);
    }
    mutable int asked = 0;
};

// Five thousand sessions, as several answers would bring them, without their going through a socket.
class ManySessionsTest : public TrayFixture {
protected:
    ManySessionsTest() : actions(client, mirror), keys(client, mirror) {
        Json sessions = Json::array();
        for (int i = 0; i < many; ++i)
            sessions.push_back({{"session_id", "s" + std::to_string(i)},
                                {"provider", i % 3 == 0 ? "github" : "rd"},
                                {"account", {{"label", "user" + std::to_string(i)}}},
                                {"state", "active"}});
        broker.answer("session.list", Json{{"sessions", sessions}});
    }
    Json changed(int number, const std::string& label) {
        return {{"session_id", "s" + std::to_string(number)},
                {"change", "updated"},
                {"session", sessionJson("s" + std::to_string(number), "github", label)}};
    }

    SessionActions actions;
    KeyActions keys;
};

TEST_F(ManySessionsTest, ComeAsOneRangeAndChangeOneByOne) {
    SessionModel model(mirror, &QDateTime::currentDateTimeUtc);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    connectAll();
    ASSERT_EQ(model.rowCount(), many);
    EXPECT_EQ(inserted.count(), 1);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    QSignalSpy layouts(&model, &QAbstractItemModel::layoutChanged);
    broker.emitEvent("session.changed", changed(4000, "other"));
    ASSERT_TRUE(wait([&] { return changes.count() == 1; }));
    EXPECT_EQ(changes[0][0].toModelIndex().row(), 4000);
    EXPECT_EQ(changes[0][1].toModelIndex().row(), 4000) << "one row, and no other";
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    broker.emitEvent("session.changed", {{"session_id", "s10"}, {"change", "removed"}});
    ASSERT_TRUE(wait([&] { return removed.count() == 1; }));
    EXPECT_EQ(removed[0][1].toInt(), 10);
    EXPECT_EQ(removed[0][2].toInt(), 10);
    broker.emitEvent("session.changed", changed(90000, "new"));
    ASSERT_TRUE(wait([&] { return inserted.count() == 2; }));
    EXPECT_EQ(model.rowOf("s90000"), many - 1);
    EXPECT_EQ(resets.count(), 0);
    EXPECT_EQ(layouts.count(), 0);
}

TEST_F(ManySessionsTest, AViewAsksForWhatIsOnTheScreenAndALittleMore) {
    SessionModel model(mirror, &QDateTime::currentDateTimeUtc);
    connectAll();
    CountingProxy counting;
    counting.setSourceModel(&model);
    const SortedTable table =
        makeSortedTable(&counting, SessionModel::SortRole, SessionModel::Scopes, QStringLiteral("x"));
    const std::unique_ptr<QTableView> owner(table.view);
    table.view->resize(800, 400);
    table.view->show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(table.view));
    counting.asked = 0;
    table.view->viewport()->repaint();
    EXPECT_LT(counting.asked, 3000) << "twenty rows of six columns, some roles each";
    counting.asked = 0;
    broker.emitEvent("session.changed", changed(4000, "other"));
    ASSERT_TRUE(wait([&] { return model.find("s4000")->account == u"other"; }));
    QTest::qWait(0);
    EXPECT_LT(counting.asked, 3000) << "a change of one row asks for no other but those on the screen";
}

TEST_F(ManySessionsTest, ThePageStaysFluid) {
    SessionsPage page(mirror, actions, keys);
    page.resize(900, 600);
    page.show();
    connectAll();
    auto* table = page.findChild<QTableView*>(QStringLiteral("sessions"));
    ASSERT_EQ(table->model()->rowCount(), many);
    page.select("s4711");
    const auto selected = [&] {
        return table->selectionModel()->selectedRows(SessionModel::AccountLabel).value(0).data().toString();
    };
    EXPECT_EQ(selected(), QStringLiteral("user4711"));
    QElapsedTimer watch;
    watch.start();
    page.search(QStringLiteral("user471"));
    const qint64 searchFirst = watch.restart();
    EXPECT_EQ(page.found(), 11);
    EXPECT_EQ(selected(), QStringLiteral("user4711"));
    page.search({});
    const qint64 searchEnd = watch.restart();
    table->sortByColumn(SessionModel::AccountLabel, Qt::DescendingOrder);
    const qint64 sort = watch.restart();
    page.tick();
    table->viewport()->repaint();
    const qint64 tick = watch.restart();
    RecordProperty("ms", std::to_string(searchFirst) + ' ' + std::to_string(searchEnd) + ' ' +
                             std::to_string(sort) + ' ' + std::to_string(tick));
    printf("    search %lld ms, its end %lld ms, sort %lld ms, tick and paint %lld ms\n",
           static_cast<long long>(searchFirst), static_cast<long long>(searchEnd),
           static_cast<long long>(sort), static_cast<long long>(tick));
    EXPECT_EQ(selected(), QStringLiteral("user4711")) << "sorting keeps the selection";
}

TEST_F(ManySessionsTest, WhenTheBrokerGoesTheRowsStayAsOldOnesAndComeBackByThemselves) {
    SessionModel model(mirror, &QDateTime::currentDateTimeUtc);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    connectAll();
    EXPECT_FALSE(model.index(0, 0).data(Qt::ForegroundRole).isValid());
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    broker.stop();
    ASSERT_TRUE(wait([&] { return !model.isCurrent(); }));
    EXPECT_EQ(model.rowCount(), many);
    EXPECT_TRUE(model.index(0, 0).data(Qt::ForegroundRole).isValid());
    broker.start();
    ASSERT_TRUE(wait([&] { return model.isCurrent(); }));
    EXPECT_EQ(model.rowCount(), many);
    EXPECT_EQ(resets.count(), 0);
    EXPECT_EQ(removed.count(), 0) << "nobody loses the place";
}

} // namespace
} // namespace keybearer::test
