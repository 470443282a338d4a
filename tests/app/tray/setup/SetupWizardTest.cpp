#include "app/tray/setup/SetupWizard.h"

#include "app/tray/setup/ImportPage.h"
#include "app/tray/setup/SignInsPage.h"
#include "tests/app/tray/setup/ImportSamples.h"
#include "tests/app/tray/support/TrayFixture.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTreeWidget>

namespace keybearer::test {
namespace {

class SetupWizardTest : public TrayFixture {
protected:
    void SetUp() override {
        broker.answer("session.list", {{"sessions", Json::array()}});
        connectAll();
        wizard = std::make_unique<SetupWizard>(mirror, tool.run(), QStringLiteral("/state/backups"));
        wizard->present();
    }

    [[nodiscard]] QWidget* page() const { return wizard->findChild<QStackedWidget*>()->currentWidget(); }
    template <class Widget>
    [[nodiscard]] Widget* find(const char* name) const {
        auto* inPage = page()->findChild<Widget*>(QLatin1String(name));
        return inPage != nullptr ? inPage : wizard->findChild<Widget*>(QLatin1String(name));
    }
    [[nodiscard]] QString text(const char* label) const { return find<QLabel>(label)->text(); }
    [[nodiscard]] QPushButton* button(const char* name) const { return find<QPushButton>(name); }
    void click(const char* name) { QTest::mouseClick(button(name), Qt::LeftButton); }
    void choose(const char* part) {
        for (auto* radio : wizard->findChildren<QRadioButton*>()) {
            if (radio->text().remove(u'&').contains(QLatin1String(part)))
                radio->setChecked(true);
        }
    }
    void lookAndFind(const Json& servers) {
        click("next");
        tool.answer(previewJson(Json::array({fileJson("Cursor", servers)})));
    }
    void move(const Json& files) {
        lookAndFind(Json::array({serverJson("s-1", "github")}));
        click("next");
        tool.answer(outcomeJson("apply", files));
    }

    ScriptedTool tool;
    std::unique_ptr<SetupWizard> wizard;
};

TEST_F(SetupWizardTest, LooksForClientsOnlyWhenToldTo) {
    EXPECT_TRUE(tool.calls.empty());
    click("next");
    ASSERT_EQ(tool.calls.size(), 1U);
    EXPECT_EQ(tool.calls[0], QStringList{QStringLiteral("import")});
}

TEST_F(SetupWizardTest, ShowsServersSecretsAndTheDifferenceWithABoxForWhatCanMove) {
    lookAndFind(Json::array(
        {serverJson("s-1", "github"), leftAloneJson("s-2", "files", "nothing_to_do", "no secret")}));
    const auto* tree = find<QTreeWidget>("servers");
    ASSERT_EQ(tree->topLevelItemCount(), 1);
    const QTreeWidgetItem* file = tree->topLevelItem(0);
    EXPECT_TRUE(file->text(0).contains(QStringLiteral("/home/ana/.cursor/mcp.json")));
    ASSERT_EQ(file->childCount(), 2);
    EXPECT_EQ(file->child(0)->checkState(0), Qt::Checked);
    EXPECT_EQ(file->child(0)->text(1), QStringLiteral("env.TOKEN: ghp_...4f"));
    EXPECT_FALSE(file->child(1)->flags().testFlag(Qt::ItemIsUserCheckable));
    EXPECT_TRUE(find<QPlainTextEdit>("difference")->toPlainText().contains(QStringLiteral("+new")));
}

TEST_F(SetupWizardTest, MovesExactlyWhatIsChecked) {
    lookAndFind(Json::array({serverJson("s-1", "github"), serverJson("s-2", "linear")}));
    auto* tree = find<QTreeWidget>("servers");
    tree->setFocus();
    tree->setCurrentItem(tree->topLevelItem(0)->child(0));
    QTest::keyClick(tree, Qt::Key_Space); // the keyboard alone
    EXPECT_EQ(tree->topLevelItem(0)->child(0)->checkState(0), Qt::Unchecked);
    click("next");
    ASSERT_EQ(tool.calls.size(), 2U);
    EXPECT_EQ(tool.calls[1].join(u' '), QStringLiteral("import --apply --only s-2"));
}

TEST_F(SetupWizardTest, WithNothingCheckedItGoesOnWithoutChangingAnything) {
    lookAndFind(Json::array({serverJson("s-1", "github")}));
    auto* tree = find<QTreeWidget>("servers");
    tree->topLevelItem(0)->child(0)->setCheckState(0, Qt::Unchecked);
    EXPECT_TRUE(button("next")->text().contains(QStringLiteral("without")));
    click("next");
    EXPECT_EQ(tool.calls.size(), 1U);
    EXPECT_NE(dynamic_cast<SignInsPage*>(page()), nullptr);
}

TEST_F(SetupWizardTest, CannotBeClosedWhileFilesAreBeingChanged) {
    lookAndFind(Json::array({serverJson("s-1", "github")}));
    click("next");
    EXPECT_FALSE(button("close")->isEnabled());
    EXPECT_FALSE(button("next")->isEnabled());
    QTest::keyClick(wizard.get(), Qt::Key_Escape);
    wizard->close();
    EXPECT_TRUE(wizard->isVisible());
    tool.answer(outcomeJson("apply", Json::array({appliedFileJson("Cursor")})));
    QTest::keyClick(wizard.get(), Qt::Key_Escape);
    EXPECT_FALSE(wizard->isVisible());
}

TEST_F(SetupWizardTest, SaysWhatBecameOfEachFileAndWhereTheCopiesAre) {
    move(Json::array(
        {appliedFileJson("Cursor"), failedFileJson("read_only", "may not be written", "chmod it")}));
    const auto* list = find<QTreeWidget>("outcome");
    ASSERT_EQ(list->topLevelItemCount(), 2);
    EXPECT_TRUE(list->topLevelItem(1)->text(1).contains(QStringLiteral("Chmod it.")));
    EXPECT_TRUE(text("copies").contains(QStringLiteral("/state/backups")));
    EXPECT_TRUE(button("undo")->isVisible());
}

TEST_F(SetupWizardTest, OfFilesThatWereNotChosenNothingIsSaid) {
    Json other = failedFileJson("parse_error", "a comma is missing", "mend it");
    other["id"] = "f-2";
    Json untouched = other;
    untouched["result"] = "unchanged";
    move(Json::array({other, appliedFileJson("Cursor"), untouched}));
    EXPECT_EQ(find<QTreeWidget>("outcome")->topLevelItemCount(), 1);
    EXPECT_FALSE(text("introduction").contains(QStringLiteral("could not")));
}

TEST_F(SetupWizardTest, ABrokenFileIsShownWithItsPlaceAndCannotBeMoved) {
    Json broken = fileJson("VS Code", Json::array());
    broken["state"] = "unreadable";
    broken["problem"] = {{"message", "a comma is missing (line 3, column 1)"}, {"action", "mend it"}};
    Json guarded = fileJson("Cursor", Json::array({serverJson("s-1", "github")}));
    guarded["state"] = "read_only";
    click("next");
    tool.answer(previewJson(Json::array({broken, guarded})));
    const auto* tree = find<QTreeWidget>("servers");
    EXPECT_EQ(tree->topLevelItem(0)->child(0)->text(0),
              QStringLiteral("A comma is missing (line 3, column 1). Mend it."));
    EXPECT_EQ(tree->topLevelItem(1)->child(0)->text(0), QStringLiteral("This file may not be written."));
    EXPECT_FALSE(tree->topLevelItem(1)->child(1)->flags().testFlag(Qt::ItemIsUserCheckable));
    EXPECT_TRUE(button("next")->text().contains(QStringLiteral("without")));
}

TEST_F(SetupWizardTest, UndoPutsBackWhatWasChanged) {
    move(Json::array({appliedFileJson("Cursor")}));
    click("undo");
    ASSERT_EQ(tool.calls.size(), 3U);
    EXPECT_EQ(tool.calls[2].join(u' '), QStringLiteral("import --undo b-20261121-200511-7c1e"));
    Json restored = appliedFileJson("Cursor");
    restored["result"] = "restored";
    tool.answer(outcomeJson("undo", Json::array({restored})));
    EXPECT_EQ(text("heading"), QStringLiteral("Everything is as it was"));
    EXPECT_FALSE(button("undo")->isVisible());
}

TEST_F(SetupWizardTest, AnUndoThatFailedCanBeTriedAgain) {
    move(Json::array({appliedFileJson("Cursor")}));
    click("undo");
    tool.answer(failure(Error(ErrorCode::TimedOut, "late")));
    EXPECT_TRUE(button("undo")->isVisible());
    click("undo");
    tool.answer(outcomeJson("undo", Json::array({failedFileJson("changed_since", "changed", "use force")})));
    EXPECT_EQ(text("heading"), QStringLiteral("Some files could not be put back"));
    EXPECT_TRUE(button("undo")->isVisible());
}

TEST_F(SetupWizardTest, WithoutTheBrokerNothingIsMovedAndThatIsSaid) {
    lookAndFind(Json::array({serverJson("s-1", "github")}));
    click("next");
    tool.answer(failure(Error(ErrorCode::BrokerUnreachable, "no broker")));
    EXPECT_EQ(text("heading"), QStringLiteral("Nothing was moved"));
    EXPECT_TRUE(text("introduction").contains(QStringLiteral("The broker cannot be reached.")));
    EXPECT_FALSE(button("undo")->isVisible());
    EXPECT_TRUE(button("next")->isEnabled());
}

TEST_F(SetupWizardTest, ALookThatFailsCanBeTriedAgainOrPassedOver) {
    click("next");
    tool.answer(failure(Error(ErrorCode::NotFound, "the program keybearer was not found", "Install it")));
    EXPECT_TRUE(text("introduction").contains(QStringLiteral("Install it.")));
    EXPECT_EQ(wizard->focusWidget(), button("again"));
    click("again");
    EXPECT_EQ(tool.calls.size(), 2U);
    tool.answer(previewJson(Json::array()));
    EXPECT_EQ(text("heading"), QStringLiteral("No MCP client was found"));
    click("next");
    EXPECT_NE(dynamic_cast<SignInsPage*>(page()), nullptr);
}

TEST_F(SetupWizardTest, NonsenseFromTheToolIsNoAnswer) {
    click("next");
    tool.answer(Json{{"action", "preview"}});
    EXPECT_EQ(text("heading"), QStringLiteral("The settings could not be looked through"));
}

TEST_F(SetupWizardTest, OffersTheSignInsThatTheImportLacksAndThoseOfTheScenario) {
    move(Json::array({appliedFileJson("Cursor")}));
    QSignalSpy provider(wizard.get(), &SetupWizard::signInWanted);
    QSignalSpy address(wizard.get(), &SetupWizard::signInAtWanted);
    click("next");
    const auto buttons = page()->findChildren<QPushButton*>();
    ASSERT_EQ(buttons.size(), 2);
    QTest::keyClick(buttons[0], Qt::Key_Space);
    QTest::keyClick(buttons[1], Qt::Key_Space);
    ASSERT_EQ(address.count(), 1);
    EXPECT_EQ(address[0][0].value<std::string>(), "https://mcp.linear.app/mcp");
    ASSERT_EQ(provider.count(), 1);
    EXPECT_EQ(provider[0][0].value<std::string>(), "github");
}

TEST_F(SetupWizardTest, EachScenarioOffersItsOwnProviders) {
    const auto offered = [this](const char* scenario) {
        wizard->close();
        wizard->present();
        choose(scenario);
        click("next");
        tool.answer(previewJson(Json::array()));
        click("next");
        return page()->findChildren<QPushButton*>().size();
    };
    EXPECT_EQ(offered("GitHub"), 1);
    EXPECT_EQ(offered("Google"), 0); // this broker does not know it
    EXPECT_EQ(offered("Several"), 3);
    EXPECT_EQ(offered("API keys"), 0);
    EXPECT_EQ(text("heading"), QStringLiteral("Nothing to sign in to"));
    wizard->findChild<QComboBox*>(QStringLiteral("providers"))->setCurrentIndex(2);
    EXPECT_EQ(offered("One other"), 1);
    EXPECT_TRUE(page()->findChild<QPushButton*>()->accessibleName().contains(QStringLiteral("Slack")));
}

TEST_F(SetupWizardTest, ASignInThatIsDoneShowsWho) {
    lookAndFind(Json::array());
    click("next");
    EXPECT_TRUE(button("next")->text().contains(QStringLiteral("Later")));
    broker.answer("session.list", {{"sessions", {sessionJson("s1", "github", "ana@example.com")}}});
    broker.emitEvent("session.changed", {{"session_id", "s1"}});
    ASSERT_TRUE(wait([&] { return !mirror.sessions().empty(); }));
    settle();
    QStringList texts;
    for (const auto* label : page()->findChildren<QLabel*>())
        texts.append(label->text());
    EXPECT_TRUE(texts.contains(QStringLiteral("Signed in as ana@example.com")))
        << texts.join(u'|').toStdString();
    EXPECT_FALSE(button("next")->text().contains(QStringLiteral("Later")));
}

TEST_F(SetupWizardTest, BackLooksAgainAndKeepsTheScenario) {
    choose("Several");
    lookAndFind(Json::array({serverJson("s-1", "github")}));
    click("back");
    EXPECT_FALSE(button("back")->isVisible());
    click("next");
    EXPECT_EQ(tool.calls.size(), 2U);
}

TEST_F(SetupWizardTest, ClosedAndDestroyedWhileTheToolRunsNothingHappens) {
    click("next");
    wizard.reset();
    tool.answer(previewJson(Json::array()));
}

TEST_F(SetupWizardTest, HostileNamesAreShownAsTextAndDoNotWidenTheWindow) {
    const std::string hostile = "\xe2\x80\xae<b>bold</b>\x1b[31m&x" + std::string(10'000, 'w');
    const QSize before = wizard->size();
    Json server = serverJson("s-1", hostile);
    server["secrets"] = Json::array({secretJson(hostile, hostile, nullptr)});
    Json file = fileJson(hostile, Json::array({server}));
    file["path"] = "/home/" + hostile;
    click("next");
    tool.answer(previewJson(Json::array({file})));
    QTest::qWait(0);
    EXPECT_EQ(wizard->size(), before);
    const auto* tree = find<QTreeWidget>("servers");
    EXPECT_TRUE(tree->topLevelItem(0)->child(0)->text(0).contains(QStringLiteral("<b>")));
    EXPECT_FALSE(tree->topLevelItem(0)->child(0)->text(0).contains(QChar(0x202e)));
    EXPECT_FALSE(Qt::mightBeRichText(tree->topLevelItem(0)->child(0)->toolTip(0)) &&
                 tree->topLevelItem(0)->child(0)->toolTip(0).contains(QStringLiteral("<b>bold")));
    click("next");
    Json failed = failedFileJson("other", hostile, hostile);
    failed["title"] = hostile;
    tool.answer(outcomeJson("apply", Json::array({failed})));
    QTest::qWait(0);
    EXPECT_EQ(wizard->size(), before);
}

TEST_F(SetupWizardTest, EveryWidgetThatTakesTheFocusHasAName) {
    for (auto* widget : wizard->findChildren<QWidget*>()) {
        if (widget->focusPolicy() == Qt::NoFocus || widget->objectName().startsWith(QStringLiteral("qt_")))
            continue;
        const auto* button = qobject_cast<QAbstractButton*>(widget);
        EXPECT_TRUE((button != nullptr && !button->text().isEmpty()) || !widget->accessibleName().isEmpty() ||
                    qobject_cast<QLabel*>(widget) != nullptr)
            << widget->metaObject()->className() << " " << widget->objectName().toStdString();
    }
}

} // namespace
} // namespace keybearer::test
