#pragma once

#include "broker/base/Json.h"

#include <QDateTime>
#include <QString>
#include <optional>
#include <string>

namespace keybearer {

// One row of the audit log as the windows can show it: every QString is display-safe and to be shown as plain
// text. `raw` is the row as the broker told it,
// as JSON.
struct AuditRecord {
    std::int64_t sequence = 0;
    QDateTime at;
    std::string kind; // token.released
    QString caller;   // path of the program; may be empty
    QString script;   // that it ran, if the row says so
    std::string provider;
    QString account;
    QString tool;
    QString why;
    QString detail;
    QString client;
    std::string raw;
    // The script if there is one, else the executable; without its directories.
    [[nodiscard]] QString programName() const;
};

// Nothing if the object has no sequence or no kind.
[[nodiscard]] std::optional<AuditRecord> readAuditRecord(const Json& object);

// Folder and name of a script, or name of an executable.
[[nodiscard]] QString programNameOf(const QString& caller, const QString& script);

} // namespace keybearer
