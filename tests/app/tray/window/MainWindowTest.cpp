#include "app/tray/window/MainWindow.h"

#include "app/tray/look/Page.h"
#include "app/tray/window/NavigationList.h"
#include "app/tray/window/NothingFound.h"
#include "app/tray/window/NoticeBar.h"
#include "app/tray/window/StateBar.h"
#include "tests/app/tray/support/TrayFixture.h"

#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace keybearer::test {
namespace {

// A page that keeps what it was told.
class PlainPage final : public Page {
public:
    PlainPage(std::string name, int waitingThings) : name_(std::move(name)), waiting_(waitingThings) {
        setFocusPolicy(Qt::StrongFocus);
    }
    [[nodiscard]] std::string name() const override { return name_; }
    [[nodiscard]] QString title() const override { return QString::fromStdString(name_).toUpper(); }
    [[nodiscard]] Symbol symbol() const override { return Symbol::Health; }
    [[nodiscard]] int waiting() const override { return waiting_; }
    [[nodiscard]] bool isSearchable() const override { return true; }
    [[nodiscard]] int found() const override { return hits; }
    [[nodiscard]] bool isOffered() const override { return offered; }
    [[nodiscard]] QByteArray layoutState() const override { return state; }
    void restoreLayoutState(const QByteArray& given) override { state = given; }
    [[nodiscard]] QWidget* first() const override { return rows; }
    void search(const QString& text) override { searched = text; }
    void select(const std::string& what) override { selected = what; }

    QWidget* rows = nullptr;
    QString searched;
    std::string selected;
    int hits = 3;
    bool offered = true;
    QByteArray state;

private:
    std::string name_;
    int waiting_;
};

class MainWindowTest : public TrayFixture {
protected:
    MainWindowTest() {
        window.addPage(one);
        window.addPage(two);
    }
    PlainPage* one = new PlainPage("one", 0);
    PlainPage* two = new PlainPage("two", 2);
    MainWindow window{mirror};
    NavigationList* list = window.findChild<NavigationList*>(QStringLiteral("navigation"));
};

TEST_F(MainWindowTest, OpensWithTheFirstPageAndGoesToTheNamedOne) {
    window.present();
    EXPECT_EQ(window.currentPage(), one);
    EXPECT_EQ(window.windowTitle(), QStringLiteral("ONE"));
    window.present("two", "x");
    EXPECT_EQ(window.currentPage(), two);
    EXPECT_EQ(two->selected, "x");
    EXPECT_EQ(window.windowTitle(), QStringLiteral("TWO"));
    window.present("nowhere");
    EXPECT_EQ(window.currentPage(), two);
}

TEST_F(MainWindowTest, PagesOpenByControlAndTheirNumber) {
    window.present();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&window));
    QTest::keyClick(&window, Qt::Key_2, Qt::ControlModifier);
    EXPECT_EQ(window.currentPage(), two);
    QTest::keyClick(&window, Qt::Key_9, Qt::ControlModifier);
    EXPECT_EQ(window.currentPage(), two);
}

TEST_F(MainWindowTest, TheNavigationSaysWhatWaits) {
    EXPECT_EQ(list->item(0)->text(), QStringLiteral("ONE"));
    EXPECT_EQ(list->item(1)->text(), QStringLiteral("TWO (2)"));
    EXPECT_TRUE(list->item(1)->data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("2 waiting")));
    EXPECT_TRUE(list->item(1)->font().bold());
}

TEST_F(MainWindowTest, SearchGoesToAllPagesAndTheNavigationSaysWhatWasFound) {
    window.present();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&window));
    auto* search = window.findChild<QLineEdit*>(QStringLiteral("search"));
    QTest::keyClick(&window, Qt::Key_F, Qt::ControlModifier);
    EXPECT_TRUE(search->hasFocus());
    QTest::keyClicks(search, QStringLiteral("ana"));
    EXPECT_EQ(one->searched, QStringLiteral("ana"));
    EXPECT_EQ(two->searched, QStringLiteral("ana"));
    EXPECT_EQ(list->item(0)->text(), QStringLiteral("ONE (3)"));
    QTest::keyClick(&window, Qt::Key_Escape); // first the search, then the window
    EXPECT_EQ(one->searched, QString());
    EXPECT_TRUE(window.isVisible());
    QTest::keyClick(&window, Qt::Key_Escape);
    EXPECT_FALSE(window.isVisible());
}

TEST_F(MainWindowTest, ThePageHasTheFocusWhenTheWindowOpens) {
    window.present();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&window));
    EXPECT_TRUE(one->hasFocus());
}

TEST_F(MainWindowTest, APageWithoutAHitSaysSoAndLeadsToTheOtherOnes) {
    window.present();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&window));
    auto* nothing = window.findChild<NothingFound*>();
    auto* elsewhere = nothing->findChild<QPushButton*>(QStringLiteral("elsewhere0"));
    one->hits = 0;
    QTest::keyClick(&window, Qt::Key_F, Qt::ControlModifier);
    QTest::keyClicks(window.focusWidget(), QStringLiteral("x"));
    EXPECT_TRUE(nothing->isVisible());
    EXPECT_EQ(elsewhere->text(), QStringLiteral("Show 3 on the page TWO"));
    elsewhere->click();
    EXPECT_EQ(window.currentPage(), two);
    EXPECT_FALSE(nothing->isVisible());
    window.present("one");
    EXPECT_TRUE(nothing->isVisible());
    nothing->findChild<QPushButton*>(QStringLiteral("clearSearch"))->click();
    EXPECT_FALSE(nothing->isVisible());
    EXPECT_TRUE(one->isVisible());
}

TEST_F(MainWindowTest, F6GoesRoundAndControlPageDownToTheNextPage) {
    window.present();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&window));
    EXPECT_EQ(window.focusWidget(), one);
    QTest::keyClick(window.focusWidget(), Qt::Key_F6);
    EXPECT_EQ(window.focusWidget(), list);
    QTest::keyClick(window.focusWidget(), Qt::Key_Down);
    EXPECT_EQ(window.currentPage(), two) << "arrows go through the pages";
    QTest::keyClick(window.focusWidget(), Qt::Key_F6);
    EXPECT_EQ(window.focusWidget()->objectName(), QStringLiteral("search"));
    QTest::keyClick(window.focusWidget(), Qt::Key_F6);
    EXPECT_EQ(window.focusWidget(), two);
    QTest::keyClick(window.focusWidget(), Qt::Key_PageUp, Qt::ControlModifier);
    EXPECT_EQ(window.currentPage(), one);
    QTest::keyClick(window.focusWidget(), Qt::Key_PageDown, Qt::ControlModifier);
    EXPECT_EQ(window.currentPage(), two);
}

TEST_F(MainWindowTest, WithoutRowsTheFocusGoesToWhatIsThereInstead) {
    auto* call = new QPushButton(one);
    auto* rows = new QLineEdit(one);
    one->setFocusPolicy(Qt::NoFocus);
    one->rows = rows;
    rows->hide();
    window.present();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&window));
    EXPECT_EQ(window.focusWidget(), call);
    rows->show();
    for (int i = 0; i < 3; ++i)
        QTest::keyClick(window.focusWidget(), Qt::Key_F6);
    EXPECT_EQ(window.focusWidget(), rows);
}

TEST_F(MainWindowTest, RowsThatComeLaterHaveTheFocusWhenTheyAreThere) {
    auto* rows = new QLineEdit(one);
    one->setFocusPolicy(Qt::NoFocus);
    one->rows = rows;
    rows->hide();
    window.present();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&window));
    rows->show();
    Q_EMIT one->changed();
    EXPECT_EQ(window.focusWidget(), rows);
}

TEST_F(MainWindowTest, TabGoesFromLeftToRightAndFromAboveToBelow) {
    window.setQuitVisible(true);
    window.present();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&window));
    list->setFocus();
    QStringList order;
    for (int i = 0; i < 6; ++i) {
        order.append(window.focusWidget()->objectName());
        QTest::keyClick(window.focusWidget(), Qt::Key_Tab);
    }
    EXPECT_EQ(order,
              (QStringList{QStringLiteral("navigation"), QStringLiteral("setup"), QStringLiteral("search"),
                           QStringLiteral("stateButton"), QString(), QStringLiteral("quit")}))
        << order.join(u' ').toStdString();
}

TEST_F(MainWindowTest, APageThatHasNothingToSayIsNotInTheNavigation) {
    two->offered = false;
    Q_EMIT two->changed();
    EXPECT_TRUE(list->isRowHidden(1));
    window.present();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&window));
    QTest::keyClick(&window, Qt::Key_2, Qt::ControlModifier);
    EXPECT_EQ(window.currentPage(), one);
    two->offered = true;
    Q_EMIT two->changed();
    window.present("two");
    two->offered = false;
    Q_EMIT two->changed();
    EXPECT_FALSE(list->isRowHidden(1)) << "what is open does not vanish under the person";
}

TEST_F(MainWindowTest, WithoutABrokerItSaysSoUntilItIsBack) {
    auto* bar = window.findChild<StateBar*>();
    auto* button = bar->findChild<QPushButton*>();
    window.present();
    EXPECT_TRUE(bar->isVisible());
    int starts = 0;
    QObject::connect(&window, &MainWindow::startWanted, &window, [&] { ++starts; });
    button->click();
    EXPECT_EQ(starts, 1);
    connectAll();
    EXPECT_FALSE(bar->isVisible());
    broker.stop();
    ASSERT_TRUE(wait([&] { return bar->isVisible(); }));
    broker.start();
    ASSERT_TRUE(wait([&] { return !bar->isVisible(); }));
}

TEST_F(MainWindowTest, ALockedStoreIsSaidWithTheButtonThatUnlocksIt) {
    broker.answer("health.get",
                  Json{{"status", "ok"}, {"store", {{"backend", "file"}, {"state", "locked"}}}});
    window.present();
    connectAll();
    auto* bar = window.findChild<StateBar*>();
    ASSERT_TRUE(bar->isVisible());
    EXPECT_TRUE(
        bar->findChild<QLabel*>(QStringLiteral("stateText"))->text().contains(QStringLiteral("locked")));
    int unlocks = 0;
    QObject::connect(&window, &MainWindow::unlockWanted, &window, [&] { ++unlocks; });
    bar->findChild<QPushButton*>()->click();
    EXPECT_EQ(unlocks, 1);
}

TEST_F(MainWindowTest, UndoAndTheEndOfTheWindowAreTold) {
    int undone = 0;
    int closed = 0;
    QObject::connect(&window, &MainWindow::undoWanted, &window, [&] { ++undone; });
    QObject::connect(&window, &MainWindow::closed, &window, [&] { ++closed; });
    window.present();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&window));
    QTest::keyClick(window.focusWidget(), Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(undone, 1);
    QTest::keyClick(window.focusWidget(), Qt::Key_Escape);
    EXPECT_EQ(closed, 1);
}

TEST_F(MainWindowTest, SizePageAndArrangementAreRemembered) {
    const QTemporaryDir directory;
    const QString file = directory.filePath(QStringLiteral("state.ini"));
    window.remember(file);
    window.present("two");
    window.resize(800, 555);
    two->state = "3d";
    window.close();
    MainWindow again(mirror);
    auto* first = new PlainPage("one", 0);
    auto* second = new PlainPage("two", 0);
    again.addPage(first);
    again.addPage(second);
    again.remember(file);
    EXPECT_EQ(again.currentPage(), second);
    EXPECT_EQ(second->state, QByteArray("3d"));
    EXPECT_EQ(again.size(), QSize(800, 555));
}

TEST_F(MainWindowTest, AFileThatIsNoneIsNoHarm) {
    const QTemporaryDir directory;
    QFile file(directory.filePath(QStringLiteral("state.ini")));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(QByteArray("[window]\ngeometry=@ByteArray(\\xff\\xff)\npage=nowhere\n\0\xff", 50));
    file.close();
    window.remember(file.fileName());
    window.present();
    EXPECT_EQ(window.currentPage(), one);
}

TEST_F(MainWindowTest, ANoticeIsPlainTextWithItsActions) {
    window.present();
    int acted = 0;
    window.showNotice({Notice::Kind::Problem,
                       QStringLiteral("<i>Title</i>"),
                       QStringLiteral("Text"),
                       {},
                       {{QStringLiteral("Undo"), [&] { ++acted; }}}});
    auto* bar = window.findChild<NoticeBar*>(QStringLiteral("notice"));
    const auto* text = window.findChild<QLabel*>(QStringLiteral("noticeText"));
    EXPECT_TRUE(bar->isVisible());
    EXPECT_EQ(text->text(), QStringLiteral("<i>Title</i>. Text"));
    EXPECT_EQ(text->textFormat(), Qt::PlainText);
    bar->findChildren<QPushButton*>().last()->click();
    EXPECT_EQ(acted, 1);
    EXPECT_FALSE(bar->isVisible());
}

} // namespace
} // namespace keybearer::test
