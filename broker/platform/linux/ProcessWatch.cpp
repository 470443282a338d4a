#include "broker/platform/ProcessWatch.h"

#include <QObject>
#include <QSocketNotifier>

#include <sys/syscall.h>
#include <unistd.h>
#include <utility>

namespace keybearer {

namespace {

class PidfdWatch final : public ProcessWatch {
public:
    PidfdWatch(int fd, std::function<void()> ended)
        : fd_(fd), ended_(std::move(ended)), notifier_(new QSocketNotifier(fd, QSocketNotifier::Read)) {
        QObject::connect(notifier_, &QSocketNotifier::activated, notifier_, [this] {
            notifier_->setEnabled(false);
            const std::function<void()> call = std::exchange(ended_, nullptr);
            call(); // last: it may destroy this object
        });
    }
    ~PidfdWatch() override {
        notifier_->setEnabled(false);
        notifier_->deleteLater(); // it may be the sender of the signal that brought us here
        ::close(fd_);
    }

private:
    int fd_;
    std::function<void()> ended_;
    QSocketNotifier* notifier_;
};

} // namespace

std::unique_ptr<ProcessWatch> ProcessWatch::start(std::int64_t pid, std::function<void()> ended) {
    // The system call itself: glibc has a wrapper since 2.36 only. The descriptor is close-on-exec by
    // definition.
    const auto fd = static_cast<int>(::syscall(SYS_pidfd_open, static_cast<pid_t>(pid), 0));
    if (fd < 0)
        return nullptr;
    return std::make_unique<PidfdWatch>(fd, std::move(ended));
}

} // namespace keybearer
