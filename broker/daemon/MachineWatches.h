#pragma once

#include "broker/platform/NetworkWatch.h"
#include "broker/platform/ScreenLockWatch.h"
#include "broker/platform/SleepWatch.h"

#include <functional>
#include <memory>

namespace keybearer {

// What happens to the machine that the broker runs on: it sleeps, its screen is locked, its network goes and
// comes. Owned by the Broker; event loop thread.
class MachineWatches {
public:
    struct Told {
        std::function<void()> screenLocked;
        std::function<void(bool about)> sleeping; // see SleepWatch
        std::function<void(bool online)> online;  // also once at the beginning
    };
    MachineWatches(Told told, bool screenToo);

    // Nothing is watched before that. Doing it again is fine.
    void begin();
    // Whether the lock of the screen is told from now on.
    void watchScreen(bool wanted);

private:
    Told told_;
    bool screenToo_;
    std::unique_ptr<SleepWatch> sleep_; // null: not begun
    std::unique_ptr<ScreenLockWatch> screen_;
    std::unique_ptr<NetworkWatch> network_;
};

} // namespace keybearer
