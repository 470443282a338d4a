#pragma once

#include <QDBusConnection>
#include <QProcess>
#include <QString>

namespace keybearer::test {

// A session bus for one test, ended with it. Needs dbus-daemon.
class PrivateBus {
public:
    PrivateBus() {
        daemon_.start(QStringLiteral("dbus-daemon"), {QStringLiteral("--session"), QStringLiteral("--nofork"),
                                                      QStringLiteral("--print-address=1")});
        if (daemon_.waitForStarted() && daemon_.waitForReadyRead())
            address_ = QString::fromLocal8Bit(daemon_.readLine()).trimmed();
    }
    ~PrivateBus() {
        for (const QString& name : names_)
            QDBusConnection::disconnectFromBus(name);
        daemon_.kill();
        daemon_.waitForFinished();
    }
    PrivateBus(const PrivateBus&) = delete;
    PrivateBus& operator=(const PrivateBus&) = delete;

    [[nodiscard]] bool isRunning() const { return !address_.isEmpty(); }
    // Another connection each time.
    [[nodiscard]] QDBusConnection connect() {
        static int count = 0;
        names_.append(QStringLiteral("private-bus-%1").arg(++count));
        return QDBusConnection::connectToBus(address_, names_.last());
    }

private:
    QProcess daemon_;
    QString address_;
    QStringList names_;
};

} // namespace keybearer::test
