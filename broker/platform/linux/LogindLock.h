#pragma once

#include <QDBusMessage>
#include <QObject>
#include <QVariantMap>

#include <functional>

namespace keybearer {

// The signal Lock and the property LockedHint of org.freedesktop.login1.Session on the system bus: the one
// is sent when a screen is to be locked, the other is set by those that lock it by themselves. A service of
// the user belongs to no session, so every session of the same user counts. The bus lets only the owner of
// the name org.freedesktop.login1 be the sender here.
class LogindLock final : public QObject {
    Q_OBJECT

public:
    explicit LogindLock(std::function<void()> locked);

private Q_SLOTS:
    void onLock(const QDBusMessage& message);
    void onPropertiesChanged(const QString& interface, const QVariantMap& changed, const QStringList& gone,
                             const QDBusMessage& message);

private:
    void tellIfOurs(const QString& session);

    std::function<void()> locked_;
};

} // namespace keybearer
