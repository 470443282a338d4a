#include "broker/platform/LookingTimer.h"

#include "broker/base/Clock.h"

#include <algorithm>

namespace keybearer {

namespace {
constexpr std::chrono::milliseconds longestLook{30'000};
}

LookingTimer::LookingTimer(std::function<void()> due) : due_(std::move(due)) {
    timer_.setSingleShot(true);
    QObject::connect(&timer_, &QTimer::timeout, &timer_, [this] { look(); });
}

void LookingTimer::start(std::chrono::milliseconds after) {
    at_ = SystemClock().boot() + after;
    timer_.start(std::clamp(after, std::chrono::milliseconds(0), longestLook));
}

void LookingTimer::look() {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(at_ - SystemClock().boot());
    if (left > std::chrono::milliseconds(0))
        return timer_.start(std::min(left, longestLook));
    const std::function<void()> call = due_;
    call(); // last: it may destroy this object
}

} // namespace keybearer
