#pragma once

#include <chrono>
#include <optional>

namespace keybearer {

// Says that the socket answers: writes "READY=1\n" to `readyFd` (if it is not negative) and closes it, and
// tells the service manager (sd_notify(3), NOTIFY_SOCKET) if there is one. Nobody listening is no failure.
void notifyReady(int readyFd);
// Tells the service manager that the end has begun.
void notifyStopping();
// Tells the service manager that this process still does its work.
void notifyAlive();
// Within what time it wants to be told so (sd_watchdog_enabled(3)); nothing: it does not.
[[nodiscard]] std::optional<std::chrono::milliseconds> watchdogLimit();

} // namespace keybearer
