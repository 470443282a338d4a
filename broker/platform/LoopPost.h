#pragma once

#include <QObject>

#include <deque>
#include <functional>
#include <mutex>

namespace keybearer {

// Takes functions from any thread to the one in which it lives, where they are called in the next turn of the
// event loop, and where what they hold ends, called or not. QMetaObject::invokeMethod() promises the second
// to nobody: the last to let go of the function may be the thread that posted it.
class LoopPost final : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    // From any thread, as long as this object is there.
    void post(std::function<void()> work);

protected:
    bool event(QEvent* event) override;

private:
    std::mutex mutex_; // guards what follows
    std::deque<std::function<void()>> waiting_;
};

} // namespace keybearer
