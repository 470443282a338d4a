#pragma once

#include <QObject>
#include <QTimer>
#include <chrono>

namespace keybearer {

// Waits once and says so: a seam, so that tests decide when the time has passed. Owned by who waits; GUI
// thread.
class Countdown : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    // Begins anew, also while one is running.
    virtual void begin(std::chrono::milliseconds length) = 0;
    virtual void cancel() = 0;

Q_SIGNALS:
    void elapsed();
};

class TimerCountdown final : public Countdown {
    Q_OBJECT
public:
    explicit TimerCountdown(QObject* parent = nullptr);
    void begin(std::chrono::milliseconds length) override { timer_.start(length); }
    void cancel() override { timer_.stop(); }

private:
    QTimer timer_;
};

} // namespace keybearer
