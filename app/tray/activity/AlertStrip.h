#pragma once

#include "app/client/async/BrokerClient.h"

#include <QFrame>
#include <QStringList>

class QLabel;
class QPushButton;

namespace keybearer {

// The newest of what the broker found alarming since it started, with what to do; hidden if there is nothing.
// Asks when it is told to. GUI thread.
class AlertStrip final : public QFrame {
    Q_OBJECT
public:
    AlertStrip(BrokerClient& client, QWidget* parent = nullptr);
    void load();

Q_SIGNALS:
    // All of them, as rows of the log.
    void rowsWanted();

private:
    void onAlerts(const Result<Json>& answer);

    BrokerClient& client_;
    QLabel* picture_;
    QLabel* text_;
    QPushButton* all_;
};

} // namespace keybearer
