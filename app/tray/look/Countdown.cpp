#include "app/tray/look/Countdown.h"

namespace keybearer {

TimerCountdown::TimerCountdown(QObject* parent) : Countdown(parent) {
    timer_.setSingleShot(true);
    timer_.setTimerType(Qt::PreciseTimer); // a coarse one may fire 5 % early
    connect(&timer_, &QTimer::timeout, this, &Countdown::elapsed);
}

} // namespace keybearer
