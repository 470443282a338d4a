#include "broker/platform/LookingTimer.h"

#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

#include <algorithm>
#include <array>
#include <sys/timerfd.h>
#include <unistd.h>

namespace keybearer {

namespace {

class TimerfdTimer final : public BootTimer {
public:
    TimerfdTimer(int fd, std::function<void()> due)
        : fd_(fd), due_(std::move(due)), notifier_(new QSocketNotifier(fd, QSocketNotifier::Read)) {
        QObject::connect(notifier_, &QSocketNotifier::activated, notifier_, [this] {
            std::array<char, 8> expirations{};
            if (::read(fd_, expirations.data(), expirations.size()) !=
                static_cast<ssize_t>(expirations.size()))
                return; // it was set anew between the wake-up and here
            const std::function<void()> call = due_;
            call(); // last: it may destroy this object
        });
    }
    ~TimerfdTimer() override {
        notifier_->setEnabled(false);
        notifier_->deleteLater(); // it may be the sender of the signal that brought us here
        ::close(fd_);
    }

    void start(std::chrono::milliseconds after) override {
        // Zero would disarm it.
        set(std::max<std::chrono::nanoseconds>(after, std::chrono::nanoseconds(1)));
    }
    void stop() override { set(std::chrono::nanoseconds(0)); }

private:
    void set(std::chrono::nanoseconds after) {
        const auto seconds = std::chrono::floor<std::chrono::seconds>(after);
        itimerspec spec{};
        spec.it_value.tv_sec = static_cast<time_t>(seconds.count());
        spec.it_value.tv_nsec = static_cast<long>((after - seconds).count());
        ::timerfd_settime(fd_, 0, &spec, nullptr);
    }

    int fd_;
    std::function<void()> due_;
    QSocketNotifier* notifier_;
};

} // namespace

std::unique_ptr<BootTimer> BootTimer::create(std::function<void()> due) {
    const int fd = ::timerfd_create(CLOCK_BOOTTIME, TFD_NONBLOCK | TFD_CLOEXEC);
    if (fd < 0) // no descriptor is left
        return std::make_unique<LookingTimer>(std::move(due));
    return std::make_unique<TimerfdTimer>(fd, std::move(due));
}

} // namespace keybearer
