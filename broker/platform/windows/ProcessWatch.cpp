#include "broker/platform/ProcessWatch.h"

#include "broker/base/windows/Handle.h"

#include <QObject>
#include <QWinEventNotifier>

#include <utility>

namespace keybearer {

namespace {

class HandleWatch final : public ProcessWatch {
public:
    HandleWatch(HANDLE process, std::function<void()> ended)
        : process_(process), ended_(std::move(ended)), notifier_(new QWinEventNotifier(process)) {
        QObject::connect(notifier_, &QWinEventNotifier::activated, notifier_, [this] {
            notifier_->setEnabled(false);
            const std::function<void()> call = std::exchange(ended_, nullptr);
            call(); // last: it may destroy this object
        });
    }
    ~HandleWatch() override {
        notifier_->setEnabled(false);
        notifier_->deleteLater(); // it may be the sender of the signal that brought us here
    }

private:
    Handle process_;
    std::function<void()> ended_;
    QWinEventNotifier* notifier_;
};

} // namespace

std::unique_ptr<ProcessWatch> ProcessWatch::start(std::int64_t pid, std::function<void()> ended) {
    HANDLE process = pid > 0 ? ::OpenProcess(SYNCHRONIZE, FALSE, static_cast<DWORD>(pid)) : nullptr;
    if (process == nullptr)
        return nullptr;
    if (::WaitForSingleObject(process, 0) == WAIT_OBJECT_0) { // ended, but somebody still holds it
        ::CloseHandle(process);
        return nullptr;
    }
    return std::make_unique<HandleWatch>(process, std::move(ended));
}

} // namespace keybearer
