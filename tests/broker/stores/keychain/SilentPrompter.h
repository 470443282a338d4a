#pragma once

#include <QDBusConnection>
#include <QDBusObjectPath>
#include <QObject>

namespace keybearer::test {

// A password prompt in front of which nobody sits: gnome-keyring opens it and waits.
class SilentPrompter final : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.gnome.keyring.internal.Prompter")

public:
    SilentPrompter() {
        QDBusConnection bus = QDBusConnection::sessionBus();
        bus.registerObject(QStringLiteral("/org/gnome/keyring/Prompter"), this,
                           QDBusConnection::ExportAllSlots);
        bus.registerService(QStringLiteral("org.gnome.keyring.SystemPrompter"));
    }
    ~SilentPrompter() override {
        QDBusConnection bus = QDBusConnection::sessionBus();
        bus.unregisterService(QStringLiteral("org.gnome.keyring.SystemPrompter"));
        bus.unregisterObject(QStringLiteral("/org/gnome/keyring/Prompter"));
    }
    Q_DISABLE_COPY_MOVE(SilentPrompter)

    [[nodiscard]] bool shown() const { return shown_; }

public Q_SLOTS:
    void BeginPrompting(const QDBusObjectPath&) { shown_ = true; }

private:
    bool shown_ = false;
};

} // namespace keybearer::test
