#pragma once

#include "app/tray/look/Notice.h"

#include <QDBusConnection>
#include <QObject>
#include <QStringList>
#include <chrono>
#include <deque>
#include <map>
#include <optional>

class QDBusPendingCallWatcher;
class QDBusServiceWatcher;

namespace keybearer {

// Notices by the desktop's own service, org.freedesktop.Notifications on the session bus: with buttons, one a
// reason, taken back when their reason is gone. Never waits: what the service does not take within the
// deadline is handed back by undelivered(). Asks what the service can do before the first one. Owned by the
// tray application; GUI thread.
class DesktopNotifications final : public QObject {
    Q_OBJECT
public:
    struct Options {
        QDBusConnection bus = QDBusConnection::sessionBus();
        std::chrono::milliseconds deadline{3'000};
    };

    explicit DesktopNotifications(QObject* parent = nullptr);
    explicit DesktopNotifications(Options options, QObject* parent = nullptr);
    ~DesktopNotifications() override;
    Q_DISABLE_COPY_MOVE(DesktopNotifications)

    void post(const Notice& notice);
    // Closes the notification of this reason, if there is one.
    void withdraw(const std::string& reason);

Q_SIGNALS:
    // There is no service, or it refused: the notice has to go another way.
    void undelivered(const keybearer::Notice& notice);
    // Clicked, beside its buttons.
    void opened(const keybearer::Notice& notice);

private Q_SLOTS:
    void onAction(uint id, const QString& key);
    void onClosed(uint id, uint why);

private:
    struct Shown {
        Notice notice;
        uint id = 0;                // 0: the service has not answered yet
        bool withdrawn = false;     // while it had not answered
        std::optional<Notice> next; // the same
    };

    void askAbilities();
    void onAbilities(QDBusPendingCallWatcher& answer);
    void send(std::size_t ticket);
    void onSent(std::size_t ticket, QDBusPendingCallWatcher& answer);
    void close(uint id);
    void forgetService();
    [[nodiscard]] std::map<std::size_t, Shown>::iterator byId(uint id);
    [[nodiscard]] bool can(const char* ability) const;

    Options options_;
    QDBusServiceWatcher* watcher_ = nullptr;
    enum class Service { Unknown, Asked, Known } service_ = Service::Unknown;
    QStringList abilities_;
    std::deque<Notice> waiting_; // until the abilities are known
    std::map<std::size_t, Shown> shown_;
    std::size_t nextTicket_ = 1;
};

} // namespace keybearer
