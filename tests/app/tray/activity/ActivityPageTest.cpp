// The page of the log: nothing while hidden, filters, search, check, export, charts.
#include "app/tray/activity/ActivityPage.h"
#include "app/tray/activity/ActivityFilterBar.h"
#include "app/tray/activity/ActivityFooter.h"
#include "app/tray/activity/AuditRowDialog.h"
#include "app/tray/activity/AuditWords.h"
#include "app/tray/activity/UsageChart.h"
#include "tests/app/tray/activity/AuditScript.h"
#include "tests/app/tray/support/TrayFixture.h"

#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QStyle>
#include <QTableView>
#include <QTemporaryDir>

namespace keybearer::test {
namespace {

class ActivityPageTest : public TrayFixture {
protected:
    ActivityPageTest() {
        broker.answer("audit.query", [this](const Json& params) { return auditPage(params, newest); });
        broker.answer("audit.alerts", Json{{"alerts", Json::array()}});
        broker.answer("audit.summary",
                      Json{{"days", Json::array()}, {"programs", Json::array()}, {"complete", true}});
    }
    void open() {
        connectAll();
        page = std::make_unique<ActivityPage>(client, mirror);
        page->resize(900, 600);
        page->show();
        ASSERT_TRUE(wait([&] { return rows() == std::min<std::int64_t>(newest, 200); }));
        settle();
    }
    [[nodiscard]] int rows() const { return table()->model()->rowCount(); }
    [[nodiscard]] QTableView* table() const {
        return page->findChild<QTableView*>(QStringLiteral("activity"));
    }
    template <typename T>
    [[nodiscard]] T* part(const char* name) const {
        return page->findChild<T*>(QLatin1String(name));
    }
    [[nodiscard]] QString said() const { return part<QLabel>("activitySaid")->text(); }

    std::int64_t newest = 1000;
    std::unique_ptr<ActivityPage> page;
};

TEST_F(ActivityPageTest, A7_AHiddenPageAsksForNothing) {
    connectAll();
    page = std::make_unique<ActivityPage>(client, mirror);
    page->tick();
    broker.emitEvent("session.changed", {{"session", sessionJson("s9", "github", "x")}});
    settle();
    for (const char* method : {"audit.query", "audit.summary", "audit.alerts"})
        EXPECT_TRUE(broker.called(method).empty()) << method;
    EXPECT_EQ(page->found(), -1);
}

TEST_F(ActivityPageTest, A7_TheTimeOfARowIsNotCutOff) {
    open();
    const int room =
        table()->columnWidth(0) - 2 * table()->style()->pixelMetric(QStyle::PM_FocusFrameHMargin);
    EXPECT_GE(room, table()->fontMetrics().horizontalAdvance(QStringLiteral("59 minutes ago")));
}

TEST_F(ActivityPageTest, A7_AFilterBeginsAnewWithTheBrokersHelp) {
    open();
    auto* kind = part<QComboBox>("kindFilter");
    kind->setCurrentIndex(kind->findData(QStringLiteral("token.denied")));
    settle();
    EXPECT_EQ(broker.called("audit.query").back()["kind"], "token.denied");
    EXPECT_FALSE(broker.called("audit.query").back().contains("before_sequence"));
    auto* program = part<QLineEdit>("programFilter");
    const std::size_t before = broker.called("audit.query").size();
    QTest::keyClicks(program, QStringLiteral("git"));
    EXPECT_EQ(broker.called("audit.query").size(), before) << "not at every letter";
    QTest::keyClick(program, Qt::Key_Return);
    settle();
    EXPECT_EQ(broker.called("audit.query").back()["caller"], "git");
    EXPECT_EQ(broker.called("audit.summary").back()["caller"], "git") << "the charts follow";
    QTest::mouseClick(part<QPushButton>("clearFilters"), Qt::LeftButton);
    settle();
    EXPECT_FALSE(broker.called("audit.query").back().contains("caller"));
}

TEST_F(ActivityPageTest, A7_ASearchLooksThroughWhatIsThereAndFurtherBackWhenAsked) {
    open();
    const std::size_t before = broker.called("audit.query").size();
    page->search(QStringLiteral("nobody here"));
    settle();
    EXPECT_EQ(page->found(), 0);
    EXPECT_EQ(broker.called("audit.query").size(), before) << "no page by itself";
    auto* older = part<QPushButton>("older");
    ASSERT_TRUE(older->isVisible());
    QTest::mouseClick(older, Qt::LeftButton);
    ASSERT_TRUE(wait([&] { return broker.called("audit.query").size() == before + 4; }))
        << "to the end: 1000 rows";
    settle();
    EXPECT_FALSE(older->isVisible());
    page->search(QStringLiteral("INDEX.js github"));
    EXPECT_EQ(page->found(), 1000);
}

TEST_F(ActivityPageTest, A7_ACheckSaysWhichRowIsTheFirstBadOne) {
    open();
    broker.answer("audit.verify", Json{{"intact", false},
                                       {"rows", 1000},
                                       {"first_bad", 42},
                                       {"findings", Json::array({{{"seq", 42}, {"what", "edited"}}})}});
    QTest::mouseClick(part<QPushButton>("verify"), Qt::LeftButton);
    ASSERT_TRUE(wait([&] { return said().contains(u"Row 42 was changed."); })) << said().toStdString();
    broker.answer("audit.verify",
                  Json{{"intact", true}, {"rows", 1000}, {"sealed_by", "store"}, {"sealed_through", 990}});
    QTest::mouseClick(part<QPushButton>("verify"), Qt::LeftButton);
    ASSERT_TRUE(wait([&] { return said().contains(u"up to row 990"); })) << said().toStdString();
}

TEST_F(ActivityPageTest, A7_AnExportIsWholePrivateAndLeavesNoHalfFile) {
    open();
    const QTemporaryDir directory;
    const QString path = directory.filePath(QStringLiteral("log.jsonl"));
    auto* footer = page->findChild<ActivityFooter*>();
    footer->exportTo(path);
    ASSERT_TRUE(wait([&] { return said().contains(u"1000 row"); })) << said().toStdString();
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const QList<QByteArray> lines = file.readAll().trimmed().split('\n');
    EXPECT_EQ(lines.size(), 1000);
    EXPECT_EQ(Json::parse(lines.front().toStdString())["seq"], 1) << "the oldest first";
    const auto others =
        QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther;
    EXPECT_EQ(file.permissions() & others, QFileDevice::Permissions());
    // Half-way the broker goes.
    const QString second = directory.filePath(QStringLiteral("second.jsonl"));
    broker.answer("audit.query", [](const Json& params) {
        if (params.value("after_sequence", 0) > 0)
            return Json{{"error",
                         {{"code", -31010}, {"message", "gone"}, {"data", {{"name", "store_unavailable"}}}}}};
        return auditPage(params, 1000);
    });
    footer->exportTo(second);
    ASSERT_TRUE(wait([&] { return said().contains(u"Nothing was exported."); })) << said().toStdString();
    EXPECT_EQ(QDir(directory.path()).entryList(QDir::Files), QStringList{QStringLiteral("log.jsonl")});
    footer->exportTo(directory.filePath(QStringLiteral("nowhere/third.jsonl")));
    EXPECT_TRUE(said().contains(u"Nothing was exported.")) << said().toStdString();
}

TEST_F(ActivityPageTest, A7_AnExportThatIsCancelledLeavesNothing) {
    open();
    const QTemporaryDir directory;
    broker.ignore("audit.query");
    page->findChild<ActivityFooter*>()->exportTo(directory.filePath(QStringLiteral("log.jsonl")));
    QTest::mouseClick(part<QPushButton>("export"), Qt::LeftButton);
    EXPECT_TRUE(said().contains(u"cancelled"));
    EXPECT_TRUE(QDir(directory.path()).isEmpty());
}

TEST_F(ActivityPageTest, A7_AlertsAreShownWithWhatToDoAndAsRows) {
    broker.answer("audit.alerts",
                  Json{{"alerts", Json::array({{{"name", "repeated_denials"},
                                                {"message", "zed was refused <b>five</b> times"},
                                                {"action", "look at it"}},
                                               {{"name", "x"}, {"message", "older"}}})}});
    open();
    auto* text = part<QLabel>("alertText");
    ASSERT_TRUE(wait([&] { return text->isVisible(); }));
    EXPECT_TRUE(text->text().startsWith(u"Zed was refused <b>five</b> times. Look at it."));
    EXPECT_EQ(text->textFormat(), Qt::PlainText);
    QTest::mouseClick(part<QPushButton>("showAlerts"), Qt::LeftButton);
    settle();
    EXPECT_EQ(broker.called("audit.query").back()["kind"], "alert");
}

TEST_F(ActivityPageTest, A7_EnterShowsTheWholeRowWithItsHash) {
    open();
    table()->selectRow(0);
    QTest::keyClick(table(), Qt::Key_Return);
    auto* dialog = page->findChild<AuditRowDialog*>();
    ASSERT_NE(dialog, nullptr);
    EXPECT_TRUE(dialog->raw().contains(u"\"hash\": \"4c1e\"")) << dialog->raw().toStdString();
    EXPECT_TRUE(dialog->raw().contains(u"\"seq\": 1000"));
    dialog->close();
}

TEST_F(ActivityPageTest, A7_EveryKindOfTheDocumentHasASentence) {
    QFile document(QStringLiteral(SOURCE_TREE "/docs/audit.md"));
    ASSERT_TRUE(document.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(document.readAll());
    const QRegularExpression kind(QStringLiteral("`([a-z_]+\\.[a-z_]+)`"));
    int found = 0;
    for (auto match = kind.globalMatch(text.section(QStringLiteral("## What verify proves"), 0, 0));
         match.hasNext();) {
        AuditRecord record;
        record.kind = match.next().captured(1).toStdString();
        if (record.kind == "audit.sqlite")
            continue;
        ++found;
        EXPECT_FALSE(auditSentence(record, {}).contains(u"does not know")) << record.kind;
    }
    EXPECT_GT(found, 50);
}

TEST(UsageChartTest, A7_SaysItsFiguresToWhoeverCannotSeeThemAndWalksByKeys) {
    UsageChart chart(Qt::Vertical, QStringLiteral("Tokens"));
    EXPECT_EQ(chart.accessibleDescription(), u"Nothing was given or refused.");
    chart.present({{QStringLiteral("1 May"), {}, {}, 3, 0}, {QStringLiteral("2 May"), {}, {}, 5, 2}});
    EXPECT_EQ(chart.accessibleDescription(), u"1 May: 3 given\n2 May: 5 given, 2 refused");
    chart.resize(300, 120);
    chart.show();
    chart.setFocus();
    QTest::keyClick(&chart, Qt::Key_End);
    EXPECT_EQ(chart.current(), 1);
    EXPECT_EQ(chart.accessibleName(), u"Tokens. 2 May: 5 given, 2 refused");
    QTest::keyClick(&chart, Qt::Key_Left);
    EXPECT_EQ(chart.current(), 0);
    QTest::keyClick(&chart, Qt::Key_Left);
    EXPECT_EQ(chart.current(), 0) << "it ends there";
    int chosen = -1;
    QObject::connect(&chart, &UsageChart::chosen, &chart, [&](int bar) { chosen = bar; });
    QTest::keyClick(&chart, Qt::Key_Return);
    EXPECT_EQ(chosen, 0);
}

TEST(UsageTest, A7_EveryDayOfTheSpanHasABarAndTheAnswerIsNotTrusted) {
    const Json summary{{"days", Json::array({{{"day", "2026-05-02"}, {"released", 4}, {"denied", -3}},
                                             {{"day", "nonsense"}, {"released", 9}},
                                             {{"day", "2031-01-01"}, {"released", 9}},
                                             7})},
                       {"programs", Json::array({{{"caller", "/bin/\u202Ex"}, {"released", 4}}})}};
    const Usage usage = readUsage(summary, QDate(2026, 5, 3), 3);
    ASSERT_EQ(usage.days.size(), 3U);
    EXPECT_EQ(usage.days[1].released, 4);
    EXPECT_EQ(usage.days[1].refused, 0);
    EXPECT_EQ(usage.released, 4);
    ASSERT_EQ(usage.programs.size(), 1U);
    EXPECT_FALSE(usage.programs[0].name.contains(QChar(0x202E)));
    EXPECT_EQ(readUsage(Json::array(), QDate(2026, 5, 3), 3).days.size(), 3U);
}

} // namespace
} // namespace keybearer::test
