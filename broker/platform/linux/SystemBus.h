#pragma once

#include <QObject>

#include <functional>

namespace keybearer {

// Connects QtDBus to the system bus without keeping the event loop waiting; `connected` is called later, and
// only if there is a bus and `owner` still lives.
void withSystemBus(QObject* owner, std::function<void()> connected);

} // namespace keybearer
