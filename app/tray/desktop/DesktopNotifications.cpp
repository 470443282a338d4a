#include "app/tray/desktop/DesktopNotifications.h"

#include "app/tray/look/Wording.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusServiceWatcher>
#include <QVariantMap>
#include <algorithm>
#include <utility>

namespace keybearer {

namespace {

const QString serviceName = QStringLiteral("org.freedesktop.Notifications");
const QString objectPath = QStringLiteral("/org/freedesktop/Notifications");
const QString defaultKey = QStringLiteral("default"); // a click beside the buttons, as the service calls it

constexpr std::size_t mostShown = 64;    // older ones can be looked at and closed, but not acted upon
constexpr std::size_t mostWaiting = 16;  // while the service makes up its mind
constexpr std::size_t mostActions = 3;   // what services show
constexpr qsizetype longestText = 1'000; // characters; a notification is no page
constexpr uchar urgencyNormal = 1;
constexpr uchar urgencyCritical = 2;

QDBusMessage callTo(const QString& method) {
    return QDBusMessage::createMethodCall(serviceName, objectPath, serviceName, method);
}

// What waits for the person stays until it is answered; all else goes by itself.
uchar urgencyOf(const Notice& notice) {
    return notice.topic == Notice::Topic::Request ? urgencyCritical : urgencyNormal;
}

QString categoryOf(const Notice& notice) {
    return notice.kind == Notice::Kind::Problem ? QStringLiteral("device.error") : QStringLiteral("presence");
}

} // namespace

DesktopNotifications::DesktopNotifications(QObject* parent) : DesktopNotifications(Options(), parent) {}

DesktopNotifications::DesktopNotifications(Options options, QObject* parent)
    : QObject(parent), options_(std::move(options)) {}

DesktopNotifications::~DesktopNotifications() = default;

void DesktopNotifications::post(const Notice& notice) {
    if (!options_.bus.isConnected()) {
        Q_EMIT undelivered(notice);
        return;
    }
    if (service_ != Service::Known) {
        waiting_.push_back(notice);
        if (waiting_.size() > mostWaiting)
            waiting_.pop_front();
        return askAbilities();
    }
    const auto same = std::find_if(shown_.begin(), shown_.end(), [&](const auto& entry) {
        return !notice.reason.empty() && entry.second.notice.reason == notice.reason;
    });
    if (same != shown_.end() && same->second.id == 0) {
        same->second.next = notice;
        same->second.withdrawn = false;
        return;
    }
    std::size_t ticket = nextTicket_;
    if (same != shown_.end()) {
        ticket = same->first;
        same->second.notice = notice;
    } else {
        ++nextTicket_;
        if (shown_.size() >= mostShown)
            shown_.erase(shown_.begin());
        shown_[ticket] = {notice, 0, false, std::nullopt};
    }
    send(ticket);
}

void DesktopNotifications::askAbilities() {
    if (service_ == Service::Asked)
        return;
    service_ = Service::Asked;
    if (watcher_ == nullptr) {
        watcher_ = new QDBusServiceWatcher(serviceName, options_.bus,
                                           QDBusServiceWatcher::WatchForUnregistration, this);
        connect(watcher_, &QDBusServiceWatcher::serviceUnregistered, this,
                &DesktopNotifications::forgetService);
        options_.bus.connect(serviceName, objectPath, serviceName, QStringLiteral("ActionInvoked"), this,
                             SLOT(onAction(uint, QString)));
        options_.bus.connect(serviceName, objectPath, serviceName, QStringLiteral("NotificationClosed"), this,
                             SLOT(onClosed(uint, uint)));
    }
    auto* answer =
        new QDBusPendingCallWatcher(options_.bus.asyncCall(callTo(QStringLiteral("GetCapabilities")),
                                                           static_cast<int>(options_.deadline.count())),
                                    this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, [this, answer] {
        answer->deleteLater();
        onAbilities(*answer);
    });
}

void DesktopNotifications::onAbilities(QDBusPendingCallWatcher& answer) {
    const QDBusPendingReply<QStringList> reply = answer;
    const std::deque<Notice> waiting = std::exchange(waiting_, {});
    // Without one now there may be one later: each notice asks anew.
    service_ = reply.isError() ? Service::Unknown : Service::Known;
    abilities_ = reply.isError() ? QStringList() : reply.value();
    for (const Notice& notice : waiting) {
        if (service_ == Service::Known)
            post(notice);
        else
            Q_EMIT undelivered(notice);
    }
}

bool DesktopNotifications::can(const char* ability) const {
    return abilities_.contains(QLatin1String(ability));
}

void DesktopNotifications::send(std::size_t ticket) {
    const Shown& shown = shown_.at(ticket);
    const Notice& notice = shown.notice;
    QStringList actions;
    if (can("actions")) {
        actions << defaultKey << tr("Show", "a notification's button");
        for (std::size_t i = 0; i < std::min(notice.actions.size(), mostActions); ++i)
            actions << QString::number(i) << notice.actions[i].text;
    }
    QVariantMap hints{{QStringLiteral("urgency"), QVariant::fromValue(urgencyOf(notice))},
                      {QStringLiteral("desktop-entry"), QStringLiteral("keybearer")},
                      {QStringLiteral("category"), categoryOf(notice)}};
    const QString text = notice.text.left(longestText);
    QDBusMessage call = callTo(QStringLiteral("Notify"));
    call << QStringLiteral("Keybearer") << shown.id << QStringLiteral("keybearer")
         << notice.title.left(longestText) << (can("body-markup") ? text.toHtmlEscaped() : text) << actions
         << hints << -1;
    auto* answer = new QDBusPendingCallWatcher(
        options_.bus.asyncCall(call, static_cast<int>(options_.deadline.count())), this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, [this, answer, ticket] {
        answer->deleteLater();
        onSent(ticket, *answer);
    });
}

void DesktopNotifications::onSent(std::size_t ticket, QDBusPendingCallWatcher& answer) {
    const auto place = shown_.find(ticket);
    if (place == shown_.end())
        return;
    const QDBusPendingReply<uint> reply = answer;
    if (reply.isError()) {
        const Notice notice = place->second.next.value_or(place->second.notice);
        const bool wanted = !place->second.withdrawn;
        shown_.erase(place);
        service_ = Service::Unknown;
        if (wanted)
            Q_EMIT undelivered(notice);
        return;
    }
    place->second.id = reply.value();
    if (place->second.withdrawn) {
        close(place->second.id);
        shown_.erase(place);
    } else if (auto next = std::exchange(place->second.next, std::nullopt)) {
        place->second.notice = std::move(*next);
        send(ticket);
    }
}

void DesktopNotifications::withdraw(const std::string& reason) {
    std::erase_if(waiting_, [&](const Notice& notice) { return notice.reason == reason; });
    const auto place = std::find_if(shown_.begin(), shown_.end(),
                                    [&](const auto& entry) { return entry.second.notice.reason == reason; });
    if (reason.empty() || place == shown_.end())
        return;
    if (place->second.id == 0) {
        place->second.withdrawn = true; // closed as soon as its number is known
        place->second.next.reset();
        return;
    }
    close(place->second.id);
    shown_.erase(place);
}

void DesktopNotifications::close(uint id) {
    QDBusMessage call = callTo(QStringLiteral("CloseNotification"));
    call << id;
    options_.bus.send(call); // nothing depends on its answer
}

std::map<std::size_t, DesktopNotifications::Shown>::iterator DesktopNotifications::byId(uint id) {
    return std::find_if(shown_.begin(), shown_.end(),
                        [id](const auto& entry) { return id != 0 && entry.second.id == id; });
}

void DesktopNotifications::onAction(uint id, const QString& key) {
    const auto place = byId(id);
    if (place == shown_.end())
        return;
    const Notice notice = place->second.notice;
    shown_.erase(place); // what it offered is done once
    close(id);
    bool isNumber = false;
    const uint index = key.toUInt(&isNumber);
    if (key == defaultKey)
        Q_EMIT opened(notice);
    else if (isNumber && index < notice.actions.size() && notice.actions[index].run)
        notice.actions[index].run();
}

void DesktopNotifications::onClosed(uint id, uint /*why*/) {
    if (const auto place = byId(id); place != shown_.end())
        shown_.erase(place);
}

// Numbers of a service that has ended are nothing to the next one.
void DesktopNotifications::forgetService() {
    if (service_ == Service::Known)
        service_ = Service::Unknown;
    std::erase_if(shown_, [](const auto& entry) { return entry.second.id != 0; });
}

} // namespace keybearer
