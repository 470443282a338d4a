#pragma once

#include <QTimer>

namespace keybearer {

// Tells the service manager from the event loop that the event loop turns; when it hangs nothing is told, and
// the manager starts the process anew (WatchdogSec= of the unit). Does nothing if nobody wants to be told.
// Owned by main(); event loop thread.
class Watchdog final : public QObject {
    Q_OBJECT
public:
    explicit Watchdog(QObject* parent = nullptr);
    [[nodiscard]] bool isWanted() const { return timer_.isActive(); }

private:
    QTimer timer_;
};

} // namespace keybearer
