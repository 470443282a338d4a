#include "app/tray/desktop/TraySettings.h"

namespace keybearer {

namespace {

const QString timeFormat = QStringLiteral("HH:mm");

QString keyOf(Notice::Topic topic) {
    switch (topic) {
    case Notice::Topic::Session:
        return QStringLiteral("notifications/sessions");
    case Notice::Topic::Request:
        return QStringLiteral("notifications/requests");
    case Notice::Topic::Alert:
        return QStringLiteral("notifications/alerts");
    case Notice::Topic::Tool:
        return QStringLiteral("notifications/tools");
    case Notice::Topic::Sharing:
        return QStringLiteral("notifications/sharing");
    case Notice::Topic::Other:
        break;
    }
    return QStringLiteral("notifications/other");
}

} // namespace

bool QuietHours::contains(QTime time) const {
    if (!on || from == to)
        return false;
    return from < to ? time >= from && time < to : time >= from || time < to;
}

TraySettings::TraySettings(const std::filesystem::path& directory, QObject* parent)
    : QObject(parent),
      settings_(QString::fromStdString((directory / "tray.ini").string()), QSettings::IniFormat) {
    settings_.setAtomicSyncRequired(true);
}

void TraySettings::write(const QString& key, const QVariant& value) {
    if (settings_.value(key) == value)
        return;
    settings_.setValue(key, value);
    settings_.sync();
    writable_ = settings_.status() == QSettings::NoError;
    Q_EMIT changed();
}

TrayLook TraySettings::look() const {
    return settings_.value(QStringLiteral("icon/look")).toString() == u"symbolic" ? TrayLook::Symbolic
                                                                                  : TrayLook::Colour;
}

void TraySettings::setLook(TrayLook look) {
    write(QStringLiteral("icon/look"),
          look == TrayLook::Symbolic ? QStringLiteral("symbolic") : QStringLiteral("colour"));
}

QuietHours TraySettings::quietHours() const {
    QuietHours hours;
    hours.on = settings_.value(QStringLiteral("quiet/on"), false).toBool();
    const QTime from =
        QTime::fromString(settings_.value(QStringLiteral("quiet/from")).toString(), timeFormat);
    const QTime to = QTime::fromString(settings_.value(QStringLiteral("quiet/to")).toString(), timeFormat);
    if (from.isValid())
        hours.from = from;
    if (to.isValid())
        hours.to = to;
    hours.requestsBreakThrough = settings_.value(QStringLiteral("quiet/requests"), true).toBool();
    return hours;
}

void TraySettings::setQuietHours(const QuietHours& hours) {
    write(QStringLiteral("quiet/on"), hours.on);
    write(QStringLiteral("quiet/from"), hours.from.toString(timeFormat));
    write(QStringLiteral("quiet/to"), hours.to.toString(timeFormat));
    write(QStringLiteral("quiet/requests"), hours.requestsBreakThrough);
}

QuitChoice TraySettings::quitChoice() const {
    const QString word = settings_.value(QStringLiteral("quit/broker")).toString();
    return word == u"keep"   ? QuitChoice::KeepBroker
           : word == u"stop" ? QuitChoice::StopBroker
                             : QuitChoice::Ask;
}

void TraySettings::setQuitChoice(QuitChoice choice) {
    write(QStringLiteral("quit/broker"), choice == QuitChoice::KeepBroker   ? QStringLiteral("keep")
                                         : choice == QuitChoice::StopBroker ? QStringLiteral("stop")
                                                                            : QStringLiteral("ask"));
}

bool TraySettings::notifiesOf(Notice::Topic topic) const {
    return settings_.value(keyOf(topic), true).toBool();
}

void TraySettings::setNotifiesOf(Notice::Topic topic, bool notifies) {
    write(keyOf(topic), notifies);
}

} // namespace keybearer
