#include "broker/platform/SleepWatch.h"

#include <IOKit/IOMessage.h>
#include <IOKit/pwr_mgt/IOPMLib.h>

namespace keybearer {

namespace {

// IORegisterForSystemPower; its notifications come through the main run loop, which Qt's event loop is only
// where main() asks for it (QT_EVENT_DISPATCHER_CORE_FOUNDATION).
class PowerWatch final : public SleepWatch {
public:
    explicit PowerWatch(std::function<void(bool)> sleeping) : sleeping_(std::move(sleeping)) {
        root_ = IORegisterForSystemPower(this, &port_, &PowerWatch::onMessage, &notifier_);
        if (root_ != MACH_PORT_NULL)
            CFRunLoopAddSource(CFRunLoopGetMain(), IONotificationPortGetRunLoopSource(port_),
                               kCFRunLoopCommonModes);
    }
    ~PowerWatch() override {
        if (root_ == MACH_PORT_NULL)
            return;
        CFRunLoopRemoveSource(CFRunLoopGetMain(), IONotificationPortGetRunLoopSource(port_),
                              kCFRunLoopCommonModes);
        IODeregisterForSystemPower(&notifier_);
        IOServiceClose(root_);
        IONotificationPortDestroy(port_);
    }

private:
    static void onMessage(void* self, io_service_t, natural_t type, void* argument) {
        auto* watch = static_cast<PowerWatch*>(self);
        const auto notification = reinterpret_cast<intptr_t>(argument);
        if (type == kIOMessageCanSystemSleep) {
            IOAllowPowerChange(watch->root_, notification);
        } else if (type == kIOMessageSystemWillSleep) {
            watch->sleeping_(true);
            IOAllowPowerChange(watch->root_, notification); // the machine waits 30 s for it otherwise
        } else if (type == kIOMessageSystemHasPoweredOn) {
            watch->sleeping_(false);
        }
    }

    std::function<void(bool)> sleeping_;
    io_connect_t root_ = MACH_PORT_NULL;
    IONotificationPortRef port_ = nullptr;
    io_object_t notifier_ = 0;
};

} // namespace

std::unique_ptr<SleepWatch> SleepWatch::start(std::function<void(bool)> sleeping) {
    return std::make_unique<PowerWatch>(std::move(sleeping));
}

} // namespace keybearer
