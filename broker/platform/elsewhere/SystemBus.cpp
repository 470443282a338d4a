#include "broker/platform/SystemBus.h"

namespace keybearer {

void settleSystemBus(QObject* owner, std::function<void(SystemBus)> settled) {
    QMetaObject::invokeMethod(
        owner, [settled = std::move(settled)] { settled(SystemBus::Absent); }, Qt::QueuedConnection);
}

bool systemBusIsAwaited() {
    return false;
}

} // namespace keybearer
