#pragma once

#include "app/tray/look/Notice.h"
#include "app/tray/mirror/BrokerMirror.h"

#include <QTimer>
#include <QWidget>
#include <memory>
#include <vector>

class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;

namespace keybearer {

class NavigationList;
class NoticeBar;
class NothingFound;
class Page;
class StateBar;

// The window behind the icon: the pages with their navigation, one search for all of them, and a line that
// says how the broker is. Knows of pages only what Page says. Made when it is first wanted, hidden when
// closed. Owned by the tray application; GUI thread.
class MainWindow final : public QWidget {
    Q_OBJECT
public:
    explicit MainWindow(BrokerMirror& mirror, QWidget* parent = nullptr);
    Q_DISABLE_COPY_MOVE(MainWindow)

    // In the order of the navigation; the first one is shown first. The page becomes the window's.
    void addPage(Page* page);
    // Shows the window in front, with the page of that name (empty: the one it had), and there what `what`
    // names.
    void present(const std::string& page = {}, const std::string& what = {});
    [[nodiscard]] Page* currentPage() const;
    void showNotice(const Notice& notice);
    void dropNotice();
    // Takes size, page and arrangement from this file, and writes them there whenever it is hidden. To be
    // called after the last page was added.
    void remember(const QString& file);
    // Without a tray icon the window is the only place to quit from.
    void setQuitVisible(bool visible);

Q_SIGNALS:
    void setupWanted();
    void startWanted();  // of the broker
    void unlockWanted(); // of the store
    void undoWanted();   // of the last deed
    void closed();       // nobody sees notices any more
    void quitWanted();
    void noticed(const keybearer::Notice& notice);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeSide();
    QLayout* makeHeader();
    QLayout* makeFooter();
    void makeShortcuts();
    void open(int index);
    void onSearch(const QString& text);
    void openNext(int step);
    void openNumber(int number);
    void goToNextRegion();
    void showNothingFound();
    void saveLayout() const;
    void showState();
    void showEntries();
    void tick();

    BrokerMirror& mirror_;
    std::vector<Page*> pages_;
    NavigationList* navigation_;
    QStackedWidget* body_; // the pages, or that nothing was found
    QStackedWidget* stack_;
    NothingFound* nothing_;
    QLabel* title_;
    QLineEdit* search_;
    StateBar* stateBar_;
    NoticeBar* noticeBar_;
    QLabel* dot_;
    QLabel* line_;
    QPushButton* quit_;
    QString memory_; // file; empty: nothing is remembered
    QTimer minute_;  // the times on show grow old
};

} // namespace keybearer
