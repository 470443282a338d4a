// The log as a table: pages are asked for as one scrolls, never more than can be kept, new rows in front.
#include "app/tray/activity/ActivityModel.h"
#include "tests/app/tray/activity/AuditScript.h"
#include "tests/app/tray/support/TrayFixture.h"

#include <QAbstractItemModelTester>
#include <QScrollBar>
#include <QTableView>

namespace keybearer::test {
namespace {

class ActivityModelTest : public TrayFixture {
protected:
    ActivityModelTest() : model(client, mirror, [this] { return now; }) {
        broker.answer("audit.query", [this](const Json& params) { return auditPage(params, newest); });
    }
    void open(const ActivityFilter& filter = {}) {
        connectAll();
        model.load(filter);
        arrived();
    }
    void arrived() {
        ASSERT_TRUE(wait([&] { return model.edge() != ActivityModel::Edge::Loading; }));
    }
    [[nodiscard]] std::size_t questions() const { return broker.called("audit.query").size(); }

    std::int64_t newest = 1'000'000;
    QDateTime now = QDateTime::fromString(QStringLiteral("2026-05-01T09:35:00Z"), Qt::ISODate);
    ActivityModel model;
};

TEST_F(ActivityModelTest, A7_OfAMillionRowsOnlyThePagesThatAreLookedAtAreAskedFor) {
    connectAll();
    QTableView view;
    view.setModel(&model);
    view.resize(600, 400);
    view.show();
    EXPECT_EQ(questions(), 0U) << "nothing by itself";
    model.load({});
    arrived();
    settle();
    EXPECT_EQ(questions(), 1U);
    EXPECT_EQ(model.rowCount(), ActivityModel::rowsOfAPage);
    EXPECT_EQ(model.at(0)->sequence, 1'000'000);
    for (int page = 2; page <= 4; ++page) {
        view.scrollToBottom();
        ASSERT_TRUE(wait([&] { return model.rowCount() == page * ActivityModel::rowsOfAPage; }));
        settle();
        EXPECT_EQ(questions(), static_cast<std::size_t>(page)) << "one page for one arrival at the end";
    }
    EXPECT_EQ(broker.called("audit.query")[1]["before_sequence"], 999'801);
}

TEST_F(ActivityModelTest, A7_NeverKeepsMoreRowsThanItsLimitAndGoesOnFromThere) {
    open();
    while (model.edge() == ActivityModel::Edge::More) {
        model.fetchMore({});
        arrived();
    }
    EXPECT_EQ(model.edge(), ActivityModel::Edge::Full);
    EXPECT_EQ(model.rowCount(), ActivityModel::mostRows);
    EXPECT_FALSE(model.canFetchMore({}));
    model.goOn();
    arrived();
    EXPECT_EQ(model.rowCount(), ActivityModel::rowsOfAPage);
    EXPECT_EQ(model.at(0)->sequence, 1'000'000 - ActivityModel::mostRows);
    EXPECT_TRUE(model.startsLate());
}

TEST_F(ActivityModelTest, A7_NewRowsComeInFrontAndTheSelectedOneStays) {
    newest = 500;
    open();
    const QPersistentModelIndex first = model.index(0, 0);
    int grown = 0;
    QObject::connect(&model, &ActivityModel::grew, &model, [&](int rows) { grown += rows; });
    newest = 503;
    model.refresh();
    ASSERT_TRUE(wait([&] { return grown == 3; }));
    EXPECT_EQ(model.at(0)->sequence, 503);
    EXPECT_EQ(first.row(), 3);
    EXPECT_EQ(broker.called("audit.query").back()["after_sequence"], 500);
    newest = 100'000;
    model.refresh();
    ASSERT_TRUE(wait([&] { return model.at(0) != nullptr && model.at(0)->sequence == 100'000; }))
        << "a flood begins anew";
    EXPECT_EQ(model.rowCount(), ActivityModel::rowsOfAPage);
}

TEST_F(ActivityModelTest, KeepsThePromisesOfAModel) {
    newest = 700;
    const QAbstractItemModelTester tester(&model); // asks for every page itself
    open();
    ASSERT_TRUE(wait([&] { return model.edge() == ActivityModel::Edge::End; }));
    newest = 705;
    model.refresh();
    ASSERT_TRUE(wait([&] { return model.rowCount() == 705; }));
}

TEST_F(ActivityModelTest, A7_FiltersAreTheBrokersToApply) {
    ActivityFilter filter{"token.denied", "github", "node", now.addDays(-7)};
    open(filter);
    const Json params = broker.called("audit.query").front();
    EXPECT_EQ(params["kind"], "token.denied");
    EXPECT_EQ(params["provider"], "github");
    EXPECT_EQ(params["caller"], "node");
    EXPECT_EQ(params["since"], "2026-04-24T09:35:00Z");
}

TEST_F(ActivityModelTest, A7_GoesOnByItselfWherePagesHaveNoRowsButNotForEver) {
    broker.answer("audit.query", [](const Json& params) {
        const std::int64_t before = params.value("before_sequence", std::int64_t{1'000'000'000});
        return Json{{"rows", Json::array()}, {"more", true}, {"next_sequence", before - 200'000}};
    });
    open();
    settle();
    EXPECT_EQ(model.edge(), ActivityModel::Edge::More);
    EXPECT_EQ(questions(), 10U);
}

TEST_F(ActivityModelTest, A7_AnAnswerThatDoesNotMoveOnEndsTheSearch) {
    broker.answer("audit.query", [](const Json&) {
        return Json{{"rows", Json::array({auditRow(5)})}, {"more", true}, {"next_sequence", 5}};
    });
    open();
    model.fetchMore({});
    arrived();
    EXPECT_EQ(model.edge(), ActivityModel::Edge::End);
    EXPECT_EQ(questions(), 2U);
}

TEST_F(ActivityModelTest, A7_AFailureIsKeptAndARefreshTriesAgain) {
    connectAll();
    broker.answer(
        "audit.query",
        Json{{"error", {{"code", -31010}, {"message", "busy"}, {"data", {{"name", "store_unavailable"}}}}}});
    model.load({});
    ASSERT_TRUE(wait([&] { return model.edge() == ActivityModel::Edge::Failed; }));
    broker.answer("audit.query", [](const Json& params) { return auditPage(params, 3); });
    model.refresh();
    arrived();
    EXPECT_EQ(model.rowCount(), 3);
    EXPECT_EQ(model.edge(), ActivityModel::Edge::End);
}

TEST_F(ActivityModelTest, A7_RowsAreSaidInWords) {
    newest = 1;
    open();
    const auto text = [&](int column) { return model.index(0, column).data().toString(); };
    EXPECT_EQ(text(ActivityModel::What), u"mcp/index.js got a token for GitHub");
    EXPECT_TRUE(model.index(0, ActivityModel::What)
                    .data(Qt::ToolTipRole)
                    .toString()
                    .contains(u"mcp/index.js got a token for GitHub (ana@example.com)"));
    EXPECT_EQ(text(ActivityModel::Account), u"GitHub \u2013 ana@example.com");
    EXPECT_EQ(text(ActivityModel::Program), u"mcp/index.js");
    EXPECT_TRUE(text(ActivityModel::When).startsWith(u"5 minute"));
    EXPECT_FALSE(model.index(0, ActivityModel::What).data(Qt::DecorationRole).isNull());
}

TEST_F(ActivityModelTest, SEC_C_38_HostileNamesAreShownAsTheyAre) {
    broker.answer("audit.query", [](const Json&) {
        Json row = auditRow(1);
        row["caller"] = "/tmp/\u202Eevil\x1b[31m%2<b>";
        row["detail"] = "";
        row["account"] = std::string(10'000, 'a') + "%1";
        row["kind"] = "token.released";
        return Json{{"rows", Json::array({row, {{"seq", 2}}, "no row", nullptr})},
                    {"more", false},
                    {"next_sequence", 1}};
    });
    open();
    ASSERT_EQ(model.rowCount(), 1) << "what is no row is none";
    const QString text = model.index(0, ActivityModel::What).data().toString();
    EXPECT_FALSE(text.contains(QChar(0x202E)));
    EXPECT_FALSE(text.contains(QChar(0x1b)));
    EXPECT_TRUE(text.contains(u"%2<b>")) << "a name is no place to fill in: " << text.toStdString();
    EXPECT_LT(text.size(), 500);
    EXPECT_TRUE(model.index(0, ActivityModel::What).data(Qt::ToolTipRole).toString().contains(u"&lt;b&gt;"));
}

} // namespace
} // namespace keybearer::test
