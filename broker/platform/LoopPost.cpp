#include "broker/platform/LoopPost.h"

#include <QCoreApplication>
#include <QEvent>

#include <utility>

namespace keybearer {

namespace {

const QEvent::Type postedWork = static_cast<QEvent::Type>(QEvent::registerEventType());

} // namespace

void LoopPost::post(std::function<void()> work) {
    {
        const std::lock_guard lock(mutex_);
        waiting_.push_back(std::move(work));
    }
    QCoreApplication::postEvent(this, new QEvent(postedWork));
}

bool LoopPost::event(QEvent* event) {
    if (event->type() != postedWork)
        return QObject::event(event);
    std::function<void()> work;
    {
        const std::lock_guard lock(mutex_);
        work = std::move(waiting_.front());
        waiting_.pop_front();
    }
    work();
    return true;
}

} // namespace keybearer
