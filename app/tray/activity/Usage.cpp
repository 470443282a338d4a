#include "app/tray/activity/Usage.h"

#include "app/tray/activity/AuditRecord.h"
#include "app/tray/mirror/Records.h"

#include <QLocale>
#include <map>

namespace keybearer {

namespace {

constexpr std::size_t mostPrograms = 5;

const Json& listAt(const Json& object, const char* key) {
    static const Json none = Json::array();
    const auto found = object.find(key);
    return found == object.end() || !found->is_array() ? none : *found;
}

Usage::Bar countsOf(const Json& item) {
    Usage::Bar bar;
    bar.released = std::max<std::int64_t>(integerAt(item, "released").value_or(0), 0);
    bar.refused = std::max<std::int64_t>(integerAt(item, "denied").value_or(0), 0);
    return bar;
}

} // namespace

Usage readUsage(const Json& summary, QDate last, int days) {
    std::map<QDate, Usage::Bar> told;
    for (const Json& item : listAt(summary, "days"))
        told[QDate::fromString(QString::fromStdString(stringAt(item, "day").value_or("")), Qt::ISODate)] =
            countsOf(item);
    Usage usage;
    const QLocale locale;
    for (QDate day = last.addDays(1 - days); day <= last; day = day.addDays(1)) {
        Usage::Bar bar = told.contains(day) ? told[day] : Usage::Bar{};
        bar.name = locale.toString(day, QLocale::ShortFormat);
        bar.detail = locale.toString(day, QLocale::LongFormat);
        usage.released += bar.released;
        usage.refused += bar.refused;
        usage.days.push_back(std::move(bar));
    }
    for (const Json& item : listAt(summary, "programs")) {
        Usage::Bar bar = countsOf(item);
        const QString caller = shownPath(stringAt(item, "caller").value_or(""));
        const QString script = shownPath(stringAt(item, "script").value_or(""));
        bar.caller = QString::fromStdString(stringAt(item, "caller").value_or(""));
        bar.name = programNameOf(caller, script);
        bar.detail = script.isEmpty() ? caller : script;
        if (usage.programs.size() < mostPrograms && bar.released + bar.refused > 0)
            usage.programs.push_back(std::move(bar));
    }
    usage.complete = booleanAt(summary, "complete").value_or(true);
    return usage;
}

} // namespace keybearer
