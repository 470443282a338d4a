#include "broker/platform/ScreenLockWatch.h"

#include "broker/platform/linux/LogindLock.h"

namespace keybearer {

namespace {

class LogindWatch final : public ScreenLockWatch {
public:
    explicit LogindWatch(std::function<void()> locked) : logind_(std::move(locked)) {}

private:
    LogindLock logind_;
};

} // namespace

std::unique_ptr<ScreenLockWatch> ScreenLockWatch::start(std::function<void()> locked) {
    return std::make_unique<LogindWatch>(std::move(locked));
}

} // namespace keybearer
