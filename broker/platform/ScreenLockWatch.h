#pragma once

#include <functional>
#include <memory>

namespace keybearer {

// Tells when the person's screen is locked (logind's Session on Linux). Where nobody tells, it is silent.
// Never waits for the service. Owned by the Broker; event loop thread.
class ScreenLockWatch {
public:
    // Null where the system has nothing of the kind.
    [[nodiscard]] static std::unique_ptr<ScreenLockWatch> start(std::function<void()> locked);
    virtual ~ScreenLockWatch() = default;
    ScreenLockWatch(const ScreenLockWatch&) = delete;
    ScreenLockWatch& operator=(const ScreenLockWatch&) = delete;

protected:
    ScreenLockWatch() = default;
};

} // namespace keybearer
