#include "app/tray/activity/AuditRecord.h"

#include "app/tray/mirror/Records.h"

namespace keybearer {

namespace {

constexpr std::size_t longestName = 120;
constexpr std::size_t longestText = 500; // as the broker cuts it
constexpr std::string_view scriptMark = "script: ";
constexpr std::string_view scriptEnd = "; ";

QString textAt(const Json& object, const char* key, std::size_t limit = longestName) {
    return shown(stringAt(object, key).value_or(""), limit);
}

// Rows of tokens begin their detail with the script that the program ran.
std::string scriptOf(const std::string& detail) {
    if (!detail.starts_with(scriptMark))
        return {};
    const std::string rest = detail.substr(scriptMark.size());
    return rest.substr(0, rest.find(scriptEnd));
}

} // namespace

QString AuditRecord::programName() const {
    return programNameOf(caller, script);
}

QString programNameOf(const QString& caller, const QString& script) {
    CallerRecord program;
    program.executable = caller;
    program.script = script;
    return program.programName();
}

std::optional<AuditRecord> readAuditRecord(const Json& object) {
    AuditRecord record;
    record.sequence = integerAt(object, "seq").value_or(0);
    record.kind = stringAt(object, "kind").value_or("");
    if (record.sequence <= 0 || record.kind.empty())
        return std::nullopt;
    record.at =
        QDateTime::fromString(QString::fromStdString(stringAt(object, "at").value_or("")), Qt::ISODate);
    record.caller = shownPath(stringAt(object, "caller").value_or(""));
    const std::string detail = stringAt(object, "detail").value_or("");
    record.script = shownPath(scriptOf(detail));
    record.detail = shown(detail, longestText);
    record.provider = stringAt(object, "provider").value_or("");
    record.account = textAt(object, "account");
    record.tool = textAt(object, "tool");
    record.why = textAt(object, "why", longestText);
    record.client = textAt(object, "client");
    record.raw = dumpJson(object);
    return record;
}

} // namespace keybearer
