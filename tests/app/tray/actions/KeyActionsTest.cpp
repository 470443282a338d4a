#include "app/tray/actions/KeyActions.h"

#include "app/tray/actions/ShownKeyDialog.h"
#include "tests/app/tray/support/TrayFixture.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace keybearer::test {
namespace {

class KeyActionsTest : public TrayFixture {
protected:
    KeyActionsTest() : keys(client, mirror) {}

    template <typename Dialog>
    static Dialog* shownDialog() {
        for (QWidget* widget : QApplication::topLevelWidgets()) {
            auto* dialog = qobject_cast<Dialog*>(widget);
            if (dialog != nullptr && dialog->isVisible())
                return dialog;
        }
        return nullptr;
    }
    static QLineEdit* line(const QWidget* dialog, const char* name) {
        return dialog->findChild<QLineEdit*>(QString::fromLatin1(name));
    }
    static QPushButton* deed(const QWidget* dialog) {
        return dialog->findChild<QPushButton*>(QStringLiteral("deed"));
    }
    static QString problem(const QWidget* dialog) {
        return dialog->findChild<QLabel*>(QStringLiteral("problem"))->text();
    }

    KeyActions keys;
};

TEST_F(KeyActionsTest, AnApiKeyGoesOverTheSocketAndIsNeverShown) {
    broker.answer("apikey.add", Json{{"name", "weather"}, {"session_id", "k"}});
    connectAll();
    keys.addApiKey(nullptr);
    auto* form = shownDialog<FormDialog>();
    ASSERT_NE(form, nullptr);
    EXPECT_FALSE(deed(form)->isEnabled());
    EXPECT_EQ(line(form, "value")->echoMode(), QLineEdit::Password);
    QTest::keyClicks(line(form, "name"), QStringLiteral("weather"));
    QTest::keyClicks(line(form, "value"), QStringLiteral("abc 123"));
    EXPECT_FALSE(deed(form)->isEnabled());
    EXPECT_TRUE(problem(form).contains(QStringLiteral("no spaces")));
    line(form, "value")->setText(QStringLiteral("abc123"));
    QTest::keyClick(line(form, "value"), Qt::Key_Return);
    ASSERT_TRUE(wait([&] { return shownDialog<FormDialog>() == nullptr; }));
    EXPECT_EQ(broker.called("apikey.add")[0],
              (Json{{"name", "weather"}, {"value", "abc123"}, {"exportable", true}}));
    EXPECT_TRUE(wait([&] { return broker.called("apikey.list").size() == 2; })) << "asked for anew";
}

TEST_F(KeyActionsTest, WhatTheBrokerRefusesIsSaidInTheForm) {
    broker.answer("apikey.add", Json{{"error",
                                      {{"code", -31010},
                                       {"message", "locked"},
                                       {"data", {{"name", "store_locked"}, {"action", "Unlock."}}}}}});
    connectAll();
    keys.addApiKey(nullptr);
    auto* form = shownDialog<FormDialog>();
    line(form, "name")->setText(QStringLiteral("weather"));
    line(form, "value")->setText(QStringLiteral("abc123"));
    deed(form)->click();
    EXPECT_FALSE(deed(form)->isEnabled()) << "one at a time";
    ASSERT_TRUE(wait([&] { return !problem(form).isEmpty(); }));
    EXPECT_TRUE(problem(form).contains(QStringLiteral("locked")));
    QAccessibleInterface* read =
        QAccessible::queryAccessibleInterface(form->findChild<QLabel*>(QStringLiteral("problem")));
    EXPECT_EQ(read->text(QAccessible::Name), problem(form)) << "a screen reader says it, too";
    EXPECT_TRUE(deed(form)->isEnabled());
    QTest::keyClick(form, Qt::Key_Escape);
    EXPECT_EQ(shownDialog<FormDialog>(), nullptr);
}

TEST_F(KeyActionsTest, AClientKeyIsShownOnceCopiedAndNotLostByEscape) {
    broker.answer("client.add", Json{{"name", "ci"}, {"client_id", "id"}, {"key", "kbk_secret"}});
    connectAll();
    keys.addClient(nullptr);
    auto* form = shownDialog<FormDialog>();
    line(form, "name")->setText(QStringLiteral("ci"));
    line(form, "allow")->setText(QStringLiteral("github, apikey:weather"));
    deed(form)->click();
    ASSERT_TRUE(wait([&] { return shownDialog<ShownKeyDialog>() != nullptr; }));
    auto* dialog = shownDialog<ShownKeyDialog>();
    EXPECT_EQ(line(dialog, "key")->text(), QStringLiteral("kbk_secret"));
    EXPECT_TRUE(line(dialog, "key")->isReadOnly());
    dialog->findChild<QPushButton*>(QStringLiteral("copy"))->click();
    EXPECT_EQ(QGuiApplication::clipboard()->text(), QStringLiteral("kbk_secret"));
    QTest::keyClick(dialog, Qt::Key_Escape);
    EXPECT_TRUE(dialog->isVisible()) << "it cannot be shown again";
    dialog->findChild<QPushButton*>(QStringLiteral("kept"))->click();
    EXPECT_EQ(shownDialog<ShownKeyDialog>(), nullptr);
    EXPECT_EQ(broker.called("client.add")[0],
              (Json{{"name", "ci"}, {"role", "agent"}, {"allow", {"github", "apikey:weather"}}}));
    QGuiApplication::clipboard()->clear();
}

TEST_F(KeyActionsTest, ANewNameIsCheckedBeforeItIsSent) {
    QString sent;
    std::function<void(const Result<Json>&)> answer;
    KeyActions::rename(
        QStringLiteral("ana"),
        [&](const QString& label, const std::function<void(const Result<Json>&)>& then) {
            sent = label;
            answer = then;
        },
        nullptr);
    auto* form = shownDialog<FormDialog>();
    ASSERT_NE(form, nullptr);
    EXPECT_FALSE(deed(form)->isEnabled()) << "it is called so already";
    line(form, "label")->setText(QStringLiteral("   "));
    EXPECT_FALSE(deed(form)->isEnabled());
    line(form, "label")->setText(QStringLiteral("ana\u202E"));
    EXPECT_FALSE(deed(form)->isEnabled());
    line(form, "label")->setText(QStringLiteral(" Ana at work "));
    deed(form)->click();
    EXPECT_EQ(sent, QStringLiteral("Ana at work"));
    answer(failure(ErrorCode::NotFound, "gone"));
    EXPECT_EQ(problem(form), QStringLiteral("Gone."));
    deed(form)->click();
    answer(Json::object());
    EXPECT_EQ(shownDialog<FormDialog>(), nullptr);
}

} // namespace
} // namespace keybearer::test
