#include "broker/base/Clock.h"

#include <ctime>

namespace keybearer {

WallTime SystemClock::wall() const {
    return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

BootTime SystemClock::boot() const {
#ifdef CLOCK_BOOTTIME
    timespec now{};
    if (clock_gettime(CLOCK_BOOTTIME, &now) == 0)
        return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
#endif
    return std::chrono::duration_cast<BootTime>(std::chrono::steady_clock::now().time_since_epoch());
}

} // namespace keybearer
