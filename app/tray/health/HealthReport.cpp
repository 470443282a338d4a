#include "app/tray/health/HealthReport.h"

#include <QSysInfo>
#include <algorithm>

namespace keybearer {

namespace {

// Names of accounts are nobody else's business; longer ones first, for one may be part of another.
QString anonymous(QString text, const std::vector<SessionRecord>& sessions, const QString& home) {
    QStringList names;
    for (const SessionRecord& session : sessions) {
        names.append(session.account);
        names.append(session.subject);
    }
    std::sort(names.begin(), names.end(),
              [](const QString& a, const QString& b) { return a.size() > b.size(); });
    for (const QString& name : names) {
        if (name.size() > 1)
            text.replace(name, QStringLiteral("(account)"));
    }
    return home.size() > 1 ? text.replace(home, QStringLiteral("~")) : text;
}

const char* levelName(FindingRecord::Level level) {
    return level == FindingRecord::Level::Error     ? "error"
           : level == FindingRecord::Level::Warning ? "warning"
                                                    : "good";
}

// What of health.get says nothing about a person.
QString healthLines(const Json& health) {
    QStringList lines;
    for (const char* key : {"status", "version", "uptime_seconds", "access_mode", "store", "sessions",
                            "unsaved", "connections", "audit", "counters"}) {
        if (health.is_object() && health.contains(key))
            lines.append(
                QStringLiteral("%1: %2").arg(QLatin1String(key), shown(dumpJson(health[key]), 1000)));
    }
    return lines.join(u'\n');
}

} // namespace

QString healthReport(const std::vector<FindingRecord>& findings, const Json& health,
                     const std::vector<SessionRecord>& sessions, const QString& home) {
    QStringList lines{QStringLiteral("Keybearer tray " KEYBEARER_VERSION ", Qt %1, %2 %3, %4")
                          .arg(QLatin1String(qVersion()), QSysInfo::prettyProductName(),
                               QSysInfo::currentCpuArchitecture(),
                               qEnvironmentVariable("XDG_CURRENT_DESKTOP"))};
    lines.append(healthLines(health));
    for (const FindingRecord& finding : findings)
        lines.append(
            QStringLiteral("%1 %2: %3")
                .arg(QLatin1String(levelName(finding.level)), shown(finding.name, 60), finding.message));
    return anonymous(lines.join(u'\n'), sessions, home) + u'\n';
}

} // namespace keybearer
