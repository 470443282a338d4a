#pragma once

#include "app/tray/mirror/Records.h"

#include <QWidget>

class QToolButton;

namespace keybearer {

// What the broker measured of the program that asks, for whoever wants to know more: the programs that
// started it, its process, its files and their hashes, and why it is known as well as it is. Closed until it
// is asked for; what the question is about stands above it. Plain text. Part of the prompt; GUI thread.
class ConsentDetails final : public QWidget {
    Q_OBJECT
public:
    explicit ConsentDetails(const ConsentRequest& request, QWidget* parent = nullptr);
    Q_DISABLE_COPY_MOVE(ConsentDetails)

    [[nodiscard]] bool isOpen() const;

Q_SIGNALS:
    void toggled(bool open);

private:
    void setOpen(bool open);

    QToolButton* toggle_;
    QWidget* content_;
};

} // namespace keybearer
