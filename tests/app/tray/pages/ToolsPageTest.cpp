#include "app/tray/pages/ToolsPage.h"

#include "app/tray/TrayMenu.h"
#include "tests/app/tray/support/TrayFixture.h"

#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QTextEdit>

namespace keybearer::test {
namespace {

Json toolJson(const std::string& name, const std::string& state = "changed") {
    return {{"service", "linear"},
            {"tool", name},
            {"state", state},
            {"hidden", true},
            {"fingerprint", std::string(64, 'a')},
            {"last_seen", "2026-05-02T09:30:00Z"}};
}

class ToolsPageTest : public TrayFixture {
protected:
    ToolsPageTest() {
        list({toolJson("create_issue"), toolJson("search", "approved")});
        broker.answer("tool.show", Json{{"shown", std::string(64, 'a')},
                                        {"definition", R"({"name":"create_issue"})"},
                                        {"differences",
                                         {{{"member", "description"},
                                           {"change", "changed"},
                                           {"before", "Makes an issue"},
                                           {"after", "<b>Makes</b> an issue and mails it"}}}}});
    }
    void list(const Json& tools) { broker.answer("tool.list", Json{{"tools", tools}, {"more", 0}}); }
    static QString difference(const ToolsPage& window) {
        return window.findChild<QTextEdit*>(QStringLiteral("difference"))->toPlainText();
    }
    static QPushButton* button(const ToolsPage& window, const char* name) {
        return window.findChild<QPushButton*>(QString::fromLatin1(name));
    }
};

TEST_F(ToolsPageTest, M7_WhatWaitsIsListedWithWhatIsDifferent) {
    connectAll();
    ASSERT_EQ(mirror.tools().size(), 1U) << "what is approved does not wait";
    EXPECT_EQ(mirror.state(), TrayState::Attention);
    EXPECT_EQ(mirror.headline(), QStringLiteral("1 tool(s) hidden until you approve them"));
    ToolsPage window(client, mirror);
    window.show();
    ASSERT_TRUE(wait([&] { return button(window, "approve")->isEnabled(); }));
    const QString text = difference(window);
    EXPECT_TRUE(text.contains(QStringLiteral("\u2212 Makes an issue\n"))) << text.toStdString();
    EXPECT_TRUE(text.contains(QStringLiteral("+ <b>Makes</b> an issue and mails it")))
        << "a server's text is no mark-up";
    EXPECT_EQ(window.waiting(), 1);
    EXPECT_TRUE(window.findChild<QLabel*>(QStringLiteral("fate"))
                    ->text()
                    .startsWith(QStringLiteral("No model sees")));
}

TEST_F(ToolsPageTest, M7_ApproveTakesTheDefinitionThatIsShown) {
    broker.answer("tool.approve", toolJson("create_issue", "approved"));
    connectAll();
    ToolsPage window(client, mirror);
    window.show();
    ASSERT_TRUE(wait([&] { return button(window, "approve")->isEnabled(); }));
    list(Json::array());
    button(window, "approve")->click();
    ASSERT_TRUE(wait([&] { return mirror.tools().empty(); }));
    EXPECT_EQ(broker.called("tool.approve")[0],
              (Json{{"service", "linear"}, {"tool", "create_issue"}, {"fingerprint", std::string(64, 'a')}}));
    EXPECT_FALSE(button(window, "approve")->isEnabled());
    EXPECT_EQ(mirror.state(), TrayState::Ok);
}

TEST_F(ToolsPageTest, ARefusalIsSaid) {
    broker.answer("tool.approve", Json{{"error",
                                        {{"code", -31009},
                                         {"message", "no"},
                                         {"data", {{"name", "policy_denied"}, {"action", "Ask."}}}}}});
    connectAll();
    ToolsPage window(client, mirror);
    std::vector<Notice> notices;
    QObject::connect(&window, &ToolsPage::noticed, [&](const Notice& notice) { notices.push_back(notice); });
    window.show();
    ASSERT_TRUE(wait([&] { return button(window, "approve")->isEnabled(); }));
    button(window, "approve")->click();
    ASSERT_TRUE(wait([&] { return notices.size() == 1; }));
    EXPECT_EQ(notices[0].kind, Notice::Kind::Problem);
}

TEST_F(ToolsPageTest, M7_TheMenuLeadsThereWhileSomethingWaits) {
    TrayMenu menu(mirror);
    connectAll();
    const auto offers = [&] {
        const auto actions = menu.menu()->actions();
        return std::any_of(actions.begin(), actions.end(), [](const QAction* action) {
            return action->text() == QStringLiteral("Changed tools (1)...");
        });
    };
    EXPECT_TRUE(offers());
    list(Json::array());
    broker.emitEvent("tool.changed", {{"service", "linear"}});
    ASSERT_TRUE(wait([&] { return mirror.tools().empty() && !offers(); }));
}

TEST_F(ToolsPageTest, M7_AnAlertAboutAToolIsNoOtherAlert) {
    connectAll();
    QStringList tools;
    QStringList others;
    QObject::connect(&mirror, &BrokerMirror::toolAlerted,
                     [&](const QString& message, const QString&) { tools.append(message); });
    QObject::connect(&mirror, &BrokerMirror::alerted,
                     [&](const QString& message, const QString&) { others.append(message); });
    broker.emitEvent("alert",
                     {{"level", "warning"}, {"name", "tool_changed"}, {"message", "t"}, {"action", "a"}});
    broker.emitEvent("alert",
                     {{"level", "warning"}, {"name", "store_locked"}, {"message", "s"}, {"action", "a"}});
    ASSERT_TRUE(wait([&] { return tools.size() == 1 && others.size() == 1; }));
    EXPECT_EQ(tools[0], QStringLiteral("t"));
}

TEST_F(ToolsPageTest, WithoutAnyThereIsAKindWord) {
    list(Json::array());
    connectAll();
    ToolsPage window(client, mirror);
    window.show();
    EXPECT_FALSE(button(window, "approve")->isEnabled());
    EXPECT_EQ(window.waiting(), 0);
}

} // namespace
} // namespace keybearer::test
