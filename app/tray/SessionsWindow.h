#pragma once

#include "app/tray/BrokerMirror.h"
#include "app/tray/StatusIcon.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;
class QTabWidget;

namespace keybearer {

class ConsentsPage;
class SessionActions;
class SessionsPage;

// The window behind the icon: sessions, allowed programs, and a line that says how the broker is. Made when
// it is first wanted, hidden when closed. Owned by the tray application; GUI thread.
class SessionsWindow final : public QWidget {
    Q_OBJECT
public:
    SessionsWindow(BrokerMirror& mirror, SessionActions& actions, QWidget* parent = nullptr);
    Q_DISABLE_COPY_MOVE(SessionsWindow)

    // Shows it in front; selects the session if one is named.
    void present(const std::string& sessionId = {});
    void showNotice(const Notice& notice);
    void dropNotice();
    // Without a tray icon the window is the only place to quit from.
    void setQuitVisible(bool visible);

Q_SIGNALS:
    void signInWanted(const std::string& provider);
    void quitWanted();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QLayout* makeFooter();
    void showState();
    void tick();

    BrokerMirror& mirror_;
    QTabWidget* tabs_;
    SessionsPage* sessions_;
    ConsentsPage* consents_;
    QLabel* dot_;
    QLabel* line_;
    QPushButton* quit_;
    QTimer minute_; // the times on show grow old
    QTimer notice_; // how long a notice stays
};

} // namespace keybearer
