#include "broker/platform/ProcessWatch.h"

#include <QObject>
#include <QSocketNotifier>

#include <fcntl.h>
#include <sys/event.h>
#include <unistd.h>
#include <utility>

namespace keybearer {

namespace {

class KqueueWatch final : public ProcessWatch {
public:
    KqueueWatch(int queue, std::function<void()> ended)
        : queue_(queue), ended_(std::move(ended)),
          notifier_(new QSocketNotifier(queue, QSocketNotifier::Read)) {
        QObject::connect(notifier_, &QSocketNotifier::activated, notifier_, [this] {
            notifier_->setEnabled(false);
            const std::function<void()> call = std::exchange(ended_, nullptr);
            call(); // last: it may destroy this object
        });
    }
    ~KqueueWatch() override {
        notifier_->setEnabled(false);
        notifier_->deleteLater(); // it may be the sender of the signal that brought us here
        ::close(queue_);
    }

private:
    int queue_;
    std::function<void()> ended_;
    QSocketNotifier* notifier_;
};

} // namespace

std::unique_ptr<ProcessWatch> ProcessWatch::start(std::int64_t pid, std::function<void()> ended) {
    const int queue = pid > 0 ? ::kqueue() : -1;
    if (queue < 0)
        return nullptr;
    ::fcntl(queue, F_SETFD, FD_CLOEXEC);
    struct kevent event {};
    EV_SET(&event, static_cast<uintptr_t>(pid), EVFILT_PROC, EV_ADD | EV_ONESHOT, NOTE_EXIT, 0, nullptr);
    if (::kevent(queue, &event, 1, nullptr, 0, nullptr) != 0) { // ESRCH: there is no such process
        ::close(queue);
        return nullptr;
    }
    return std::make_unique<KqueueWatch>(queue, std::move(ended));
}

} // namespace keybearer
