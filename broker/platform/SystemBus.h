#pragma once

#include <QObject>

#include <functional>

namespace keybearer {

enum class SystemBus {
    Connected,
    Absent, // there is none here; whoever looks again learns so at once
    Silent, // it took the connection and did not answer: nobody must ask it from the event loop
};

// Connects QtDBus to the system bus without keeping the event loop waiting, which its own way of connecting
// does for up to 25 s. `settled` is called later, once, unless `owner` is gone.
void settleSystemBus(QObject* owner, std::function<void(SystemBus)> settled);

// It has been asked and has not answered: a thread waits for it that can be neither ended nor waited for, as
// QtDBus would at the end of the process. Any thread.
[[nodiscard]] bool systemBusIsAwaited();

} // namespace keybearer
