#include "broker/platform/SleepWatch.h"

#include "broker/platform/linux/LogindSleep.h"

namespace keybearer {

namespace {

class LogindWatch final : public SleepWatch {
public:
    explicit LogindWatch(std::function<void(bool)> sleeping) : logind_(std::move(sleeping)) {}

private:
    LogindSleep logind_;
};

} // namespace

std::unique_ptr<SleepWatch> SleepWatch::start(std::function<void(bool)> sleeping) {
    return std::make_unique<LogindWatch>(std::move(sleeping));
}

} // namespace keybearer
