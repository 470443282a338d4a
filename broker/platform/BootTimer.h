#pragma once

#include <chrono>
#include <functional>
#include <memory>

namespace keybearer {

// A single-shot timer that counts the time the machine sleeps: it fires at once after a wake-up in whose
// night it would have been due (timerfd on CLOCK_BOOTTIME on Linux). Where the system has no such timer, an
// ordinary one that looks at the clock again twice a minute; so it is, too, when no descriptor is to be had.
// Event loop thread.
class BootTimer {
public:
    // `due` is called from the event loop; it may start the timer again or destroy it.
    [[nodiscard]] static std::unique_ptr<BootTimer> create(std::function<void()> due);
    virtual ~BootTimer() = default;
    BootTimer(const BootTimer&) = delete;
    BootTimer& operator=(const BootTimer&) = delete;

    virtual void start(std::chrono::milliseconds after) = 0; // replaces what was set before
    virtual void stop() = 0;

protected:
    BootTimer() = default;
};

} // namespace keybearer
