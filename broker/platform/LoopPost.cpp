#include "broker/platform/LoopPost.h"

#include <QCoreApplication>
#include <QEvent>

#include <utility>

namespace keybearer {

namespace {

const QEvent::Type postedWork = static_cast<QEvent::Type>(QEvent::registerEventType());

// Qt hands it over under its own lock, and deletes it where it was delivered.
class PostedWork final : public QEvent {
public:
    explicit PostedWork(std::function<void()> what) : QEvent(postedWork), work(std::move(what)) {}
    std::function<void()> work;
};

} // namespace

void LoopPost::post(std::function<void()> work) {
    QCoreApplication::postEvent(this, new PostedWork(std::move(work)));
}

bool LoopPost::event(QEvent* event) {
    if (event->type() != postedWork)
        return QObject::event(event);
    static_cast<PostedWork*>(event)->work();
    return true;
}

} // namespace keybearer
