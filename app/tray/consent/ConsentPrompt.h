#pragma once

#include "app/tray/look/Countdown.h"
#include "app/tray/mirror/Records.h"

#include <QDateTime>
#include <QDialog>
#include <QPushButton>
#include <QTimer>
#include <array>
#include <memory>

class QLabel;
class QScrollArea;

namespace keybearer {

class ArmLine;

// Asks the person whether a program may use an account (security: R3, R5, T-06, T-08). What the broker
// measured stands apart from what the program says about itself. Deny is the default, has the focus, and is
// what Enter, Escape and closing mean. The other buttons work only after the window has been in front for the
// arm delay, so that neither a click nor a key that was meant for another window, nor one sent ahead by a
// program, can allow. What does not fit on the screen
// scrolls, the buttons stay; and nothing can be allowed before all of it could be read. Says how long the
// question waits, after which the broker denies it, and how many more there are. Owned by ConsentQueue; GUI
// thread. Everything from outside is shown as plain text.
class ConsentPrompt final : public QDialog {
    Q_OBJECT
public:
    static constexpr std::chrono::milliseconds armDelay{500};

    ConsentPrompt(const ConsentRequest& request, std::unique_ptr<Countdown> countdown,
                  QWidget* parent = nullptr);
    Q_DISABLE_COPY_MOVE(ConsentPrompt)

    [[nodiscard]] const std::string& consentId() const { return id_; }
    // Bounds the height to that of a screen. Done for the screens that there are when it is made.
    void fitInto(int screenHeight);
    // Which one of how many it is, and how many of those this very program asks.
    void setPlace(int number, int total, int ofThisProgram);
    // What is left of the time in which it can be answered.
    void showTimeLeft(const QDateTime& now);
    // Closes without an answer: the broker no longer wants one.
    void withdraw();
    void reject() override;

Q_SIGNALS:
    // Exactly once, unless withdrawn; `decision` as in consent.answer.
    void decided(const std::string& decision);
    // Before `decided`: the others that this program asks are to be denied as well.
    void denyAllWanted();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeHeading(const ConsentRequest& request);
    QWidget* makeNotes();
    QPushButton* makeDeny();
    void onDetails();
    void stayOnScreen();
    void beginToArm();
    QScrollArea* makeScroller(QWidget* facts);
    QLayout* makeButtons(const ConsentRequest& request);
    void disarm();
    void arm();
    void onScrolled(int value);
    void enableWhatMayBeChosen();
    void decide(const std::string& decision);

    std::string id_;
    std::unique_ptr<Countdown> countdown_;
    QScrollArea* facts_ = nullptr;
    QLabel* unread_ = nullptr;
    QLabel* place_ = nullptr; // "1 of 3"
    QLabel* left_ = nullptr;  // until it is denied by itself
    QPushButton* deny_ = nullptr;
    QPushButton* denyAll_ = nullptr;
    ArmLine* line_ = nullptr;
    QDateTime expiresAt_;
    QTimer second_;
    std::array<QPushButton*, 3> allow_{}; // once, session, 30 days
    std::size_t offered_ = 0;             // so many of them, from the first, can be chosen at all
    bool isArmed_ = false;
    bool isRead_ = false; // all of it was on the screen
    bool expired_ = false;
    bool answered_ = false;
};

} // namespace keybearer
