#include "broker/platform/SleepWatch.h"

#include <QMetaObject>
#include <QObject>

#include <windows.h>

#include <powrprof.h>

namespace keybearer {

namespace {

// PowerRegisterSuspendResumeNotification (Windows 8 and later) needs no window. It calls from a thread of the
// system; the event loop is told with a queued call.
class PowerWatch final : public SleepWatch {
public:
    explicit PowerWatch(std::function<void(bool)> sleeping) : sleeping_(std::move(sleeping)) {
        parameters_.Callback = &PowerWatch::onNotice;
        parameters_.Context = this;
        if (PowerRegisterSuspendResumeNotification(DEVICE_NOTIFY_CALLBACK, &parameters_, &registration_) !=
            ERROR_SUCCESS)
            registration_ = nullptr;
    }
    ~PowerWatch() override {
        if (registration_ != nullptr)
            PowerUnregisterSuspendResumeNotification(registration_); // waits for a call that is under way
    }

private:
    static ULONG CALLBACK onNotice(PVOID self, ULONG type, PVOID) {
        auto* watch = static_cast<PowerWatch*>(self);
        if (type == PBT_APMSUSPEND || type == PBT_APMRESUMEAUTOMATIC)
            QMetaObject::invokeMethod(
                &watch->loop_, [watch, about = type == PBT_APMSUSPEND] { watch->sleeping_(about); },
                Qt::QueuedConnection);
        return ERROR_SUCCESS;
    }

    std::function<void(bool)> sleeping_;
    QObject loop_;
    DEVICE_NOTIFY_SUBSCRIBE_PARAMETERS parameters_{};
    HPOWERNOTIFY registration_ = nullptr;
};

} // namespace

std::unique_ptr<SleepWatch> SleepWatch::start(std::function<void(bool)> sleeping) {
    return std::make_unique<PowerWatch>(std::move(sleeping));
}

} // namespace keybearer
