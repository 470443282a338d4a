#pragma once

#include <QFrame>

class QLabel;
class QPushButton;

namespace keybearer {

class BrokerMirror;

// The line above the page that says what keeps the window from being right or useful: that the broker is
// away, so that what is shown is how it was; or that the store is locked. With the button that mends it. Part
// of the main window; GUI thread.
class StateBar final : public QFrame {
    Q_OBJECT
public:
    explicit StateBar(QWidget* parent = nullptr);
    Q_DISABLE_COPY_MOVE(StateBar)

    void present(const BrokerMirror& mirror);

Q_SIGNALS:
    void startWanted();
    void unlockWanted();

protected:
    void changeEvent(QEvent* event) override;

private:
    enum class Trouble { None, Offline, Locked };
    void paintSymbol();

    Trouble trouble_ = Trouble::None;
    QLabel* symbol_;
    QLabel* text_;
    QPushButton* button_;
};

} // namespace keybearer
