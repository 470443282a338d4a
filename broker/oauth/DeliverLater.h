#pragma once

#include "broker/base/Result.h"

#include <QObject>

namespace keybearer {

// Hands a result over from the event loop instead of from inside the call that found it out, as Completion
// asks. Nothing happens if the owner is destroyed before.
template <typename T>
void deliverLater(QObject* owner, Completion<T> done, Result<T> result) {
    auto deliver = [done = std::move(done), result = std::move(result)]() mutable {
        done(std::move(result));
    };
    QMetaObject::invokeMethod(owner, std::move(deliver), Qt::QueuedConnection);
}

} // namespace keybearer
