#pragma once

#include <chrono>
#include <functional>
#include <memory>

namespace keybearer {

// Something that rings later; destroying it keeps it from ringing.
class EventTimer {
public:
    virtual ~EventTimer() = default;
};

// The clock of the event loop, so that a test can have one of its own. Event loop thread.
class EventTimers {
public:
    virtual ~EventTimers() = default;
    using Instant = std::chrono::steady_clock::time_point;

    [[nodiscard]] virtual std::unique_ptr<EventTimer> after(std::chrono::milliseconds wait,
                                                            std::function<void()> ring) = 0;
    // As soon as what runs now has returned.
    [[nodiscard]] virtual std::unique_ptr<EventTimer> soon(std::function<void()> ring) = 0;
    [[nodiscard]] virtual Instant now() const = 0;
};

} // namespace keybearer
