#include "app/tray/pages/RequestsPage.h"

#include "tests/app/tray/support/TrayFixture.h"

#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTextEdit>
#include <QVBoxLayout>

namespace keybearer::test {
namespace {

class RequestsPageTest : public TrayFixture {
protected:
    RequestsPageTest() : actions(client, mirror), page(mirror, actions) {
        broker.answer("consent.answer", [](const Json& params) { return params; });
    }
    void ask(Json request) {
        request["expires_at"] = "2100-01-01T00:00:00Z";
        broker.answer("consent.pending", Json{{"pending", {request}}});
        connectAll();
        page.show();
        ASSERT_TRUE(wait([&] { return page.waiting() == 1; }));
    }
    [[nodiscard]] QPushButton* button(const char* name) const {
        return page.findChild<QPushButton*>(QString::fromLatin1(name));
    }
    [[nodiscard]] QTableView* table() const {
        return page.findChild<QTableView*>(QStringLiteral("requests"));
    }
    [[nodiscard]] QString facts() const {
        return page.findChild<QTextEdit*>(QStringLiteral("requestsDetails"))->toPlainText();
    }

    SessionActions actions;
    RequestsPage page;
};

TEST_F(RequestsPageTest, SaysWhoWaitsForWhatAndLeadsToTheQuestion) {
    ask(requestJson("c1"));
    EXPECT_EQ(table()->model()->index(0, RequestModel::Program).data().toString(),
              QStringLiteral("github-mcp/index.js"));
    EXPECT_EQ(table()->model()->index(0, RequestModel::Wants).data().toString(),
              QStringLiteral("use GitHub as ana@example.com"));
    EXPECT_TRUE(facts().contains(QStringLiteral("/home/ana/src/github-mcp/index.js")));
    EXPECT_TRUE(facts().contains(QStringLiteral("\u201CList issues\u201D"))) << "a claim stands in quotes";
    int wanted = 0;
    QObject::connect(&page, &RequestsPage::answerWanted, &page, [&] { ++wanted; });
    button("answer")->click();
    QTest::keyClick(table(), Qt::Key_Return);
    EXPECT_EQ(wanted, 2);
    EXPECT_TRUE(broker.called("consent.answer").empty()) << "nothing is allowed from a list";
}

TEST_F(RequestsPageTest, WhileNobodyWaitsTabReachesTheButtonAndNoHiddenTable) {
    QWidget window;
    auto* layout = new QVBoxLayout(&window);
    auto* before = new QLineEdit;
    layout->addWidget(before);
    layout->addWidget(&page);
    window.show();
    window.activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&window));
    before->setFocus();
    QTest::keyClick(before, Qt::Key_Tab);
    EXPECT_EQ(window.focusWidget(), button("activity"));
    QTest::keyClick(window.focusWidget(), Qt::Key_Tab);
    EXPECT_EQ(window.focusWidget(), before) << "there is nothing else";
    page.setParent(nullptr);
}

TEST_F(RequestsPageTest, DenyCanBeSaidAtOnce) {
    ask(requestJson("c1"));
    broker.answer("consent.pending", Json{{"pending", Json::array()}});
    page.select("c1");
    page.activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&page)); // a shortcut works where the keyboard is
    QTest::keyClick(table(), Qt::Key_Delete);
    ASSERT_TRUE(wait([&] { return page.waiting() == 0; }));
    EXPECT_EQ(broker.called("consent.answer")[0], (Json{{"consent_id", "c1"}, {"decision", "deny"}}));
}

TEST_F(RequestsPageTest, WithoutAnyItLeadsToTheHistory) {
    connectAll();
    page.show();
    std::string wanted;
    QObject::connect(&page, &Page::pageWanted, &page, [&](const std::string& name) { wanted = name; });
    ASSERT_TRUE(button("activity")->isVisible());
    button("activity")->click();
    EXPECT_EQ(wanted, "activity");
}

TEST_F(RequestsPageTest, SecondsAreCountedOnlyWhileSomebodyWaitsAndSomebodyLooks) {
    connectAll();
    page.show();
    EXPECT_FALSE(page.isCounting());
    broker.emitEvent("consent.requested", requestJson("c1"));
    ASSERT_TRUE(wait([&] { return page.waiting() == 1; }));
    EXPECT_TRUE(page.isCounting());
    page.hide();
    EXPECT_FALSE(page.isCounting());
}

TEST_F(RequestsPageTest, HostileNamesStayTextAndInTheirPlace) {
    Json request = requestJson("c1");
    const std::string evil = "<img src=x>\x1b[31m\xE2\x80\xAE" + std::string(10000, 'W');
    request["provider_name"] = evil;
    request["reason"] = evil;
    request["caller"]["executable"] = "/bin/" + evil;
    request["caller"]["claimed_name"] = evil;
    ask(request);
    EXPECT_FALSE(facts().contains(u'\u202E'));
    EXPECT_FALSE(facts().contains(u'\x1b'));
    EXPECT_TRUE(facts().contains(QStringLiteral("<img src=x>"))) << "shown, not read";
    EXPECT_LT(facts().size(), 3000);
    EXPECT_LE(page.minimumSizeHint().width(), 800);
}

} // namespace
} // namespace keybearer::test
