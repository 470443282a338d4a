#pragma once

#include "broker/platform/BootTimer.h"

#include <QTimer>

namespace keybearer {

// The BootTimer of systems whose timers stand still while the machine sleeps: it looks at the clock at least
// twice a minute, so that it is at most that much late after a wake-up.
class LookingTimer final : public BootTimer {
public:
    explicit LookingTimer(std::function<void()> due);
    void start(std::chrono::milliseconds after) override;
    void stop() override { timer_.stop(); }

private:
    void look();

    std::function<void()> due_;
    QTimer timer_;
    std::chrono::nanoseconds at_{}; // on the clock that counts sleep
};

} // namespace keybearer
