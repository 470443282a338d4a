#pragma once

#include <functional>
#include <memory>

namespace keybearer {

// Tells when the machine is about to sleep and when it is awake again (logind's PrepareForSleep on Linux,
// power notifications elsewhere). Where nobody tells, it is silent: BootTimer then still fires after the
// wake-up. Never waits for the service. Owned by the Broker; event loop thread.
class SleepWatch {
public:
    // `sleeping(true)` before, `sleeping(false)` after. Null where the system has nothing of the kind.
    [[nodiscard]] static std::unique_ptr<SleepWatch> start(std::function<void(bool)> sleeping);
    virtual ~SleepWatch() = default;
    SleepWatch(const SleepWatch&) = delete;
    SleepWatch& operator=(const SleepWatch&) = delete;

protected:
    SleepWatch() = default;
};

} // namespace keybearer
