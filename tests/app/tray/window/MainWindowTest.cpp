#include "app/tray/window/MainWindow.h"

#include "app/tray/look/Page.h"
#include "app/tray/window/NavigationList.h"
#include "app/tray/window/NoticeBar.h"
#include "tests/app/tray/support/TrayFixture.h"

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
    [[nodiscard]] int found() const override { return 3; }
    void search(const QString& text) override { searched = text; }
    void select(const std::string& what) override { selected = what; }

    QString searched;
    std::string selected;

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
