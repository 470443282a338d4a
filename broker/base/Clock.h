#pragma once

#include <chrono>

namespace keybearer {

using WallTime = std::chrono::sys_time<std::chrono::milliseconds>; // UTC; may jump; survives restarts
using BootTime = std::chrono::nanoseconds;                         // since boot, counts sleep, never jumps

// Where the time comes from, so that tests can move it. One instance, owned by the Broker; any thread.
class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual WallTime wall() const = 0;
    // CLOCK_BOOTTIME where there is one: goes on while the machine sleeps.
    [[nodiscard]] virtual BootTime boot() const = 0;
};

class SystemClock final : public Clock {
public:
    [[nodiscard]] WallTime wall() const override;
    [[nodiscard]] BootTime boot() const override;
};

} // namespace keybearer
