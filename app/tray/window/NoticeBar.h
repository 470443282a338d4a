#pragma once

#include "app/tray/look/Notice.h"

#include <QFrame>
#include <QTimer>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace keybearer {

// The last notice with what can be done about it; goes by itself. Keeps its height while the window is open
// only if there is something to say. Part of the main window; GUI thread.
class NoticeBar final : public QFrame {
    Q_OBJECT
public:
    explicit NoticeBar(QWidget* parent = nullptr);
    Q_DISABLE_COPY_MOVE(NoticeBar)

    void present(const Notice& notice);
    void dismiss();

private:
    void act(std::size_t index);

    Notice notice_;
    QLabel* symbol_;
    QLabel* text_;
    QHBoxLayout* buttons_;
    QPushButton* close_;
    QTimer length_;
};

} // namespace keybearer
