#include "broker/platform/LookingTimer.h"

namespace keybearer {

std::unique_ptr<BootTimer> BootTimer::create(std::function<void()> due) {
    return std::make_unique<LookingTimer>(std::move(due));
}

} // namespace keybearer
