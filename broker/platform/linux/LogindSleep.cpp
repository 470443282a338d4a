#include "broker/platform/linux/LogindSleep.h"

#include "broker/platform/SystemBus.h"

#include <QDBusConnection>

namespace keybearer {

LogindSleep::LogindSleep(std::function<void(bool)> sleeping) : sleeping_(std::move(sleeping)) {
    settleSystemBus(this, [this](SystemBus bus) {
        if (bus != SystemBus::Connected)
            return;
        QDBusConnection::systemBus().connect(
            QStringLiteral("org.freedesktop.login1"), QStringLiteral("/org/freedesktop/login1"),
            QStringLiteral("org.freedesktop.login1.Manager"), QStringLiteral("PrepareForSleep"), this,
            SLOT(onPrepareForSleep(bool)));
    });
}

void LogindSleep::onPrepareForSleep(bool about) {
    sleeping_(about);
}

} // namespace keybearer
