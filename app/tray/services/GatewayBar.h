#pragma once

#include "app/tray/services/ServicesBook.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace keybearer {

// Whether the gateway is open, at which address, and the buttons that open, close and copy. GUI thread.
class GatewayBar final : public QFrame {
    Q_OBJECT
public:
    explicit GatewayBar(ServicesBook& book, QWidget* parent = nullptr);

Q_SIGNALS:
    // The programs that are connected, on their page.
    void clientsWanted();

private:
    void showState();

    ServicesBook& book_;
    QLabel* text_;
    QPushButton* copy_;
    QPushButton* clients_;
    QPushButton* toggle_;
};

} // namespace keybearer
