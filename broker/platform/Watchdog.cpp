#include "broker/platform/Watchdog.h"

#include "broker/platform/ReadyNotice.h"

namespace keybearer {

namespace {
constexpr int shareOfTheLimit = 3; // two pings may be late before the third is missed
} // namespace

Watchdog::Watchdog(QObject* parent) : QObject(parent) {
    const std::optional<std::chrono::milliseconds> limit = watchdogLimit();
    if (!limit)
        return;
    connect(&timer_, &QTimer::timeout, this, [] { notifyAlive(); });
    timer_.start(*limit / shareOfTheLimit);
    notifyAlive();
}

} // namespace keybearer
