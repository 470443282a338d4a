#pragma once

#include "app/tray/activity/AuditRecord.h"
#include "app/tray/look/Symbols.h"

namespace keybearer {

// What came of it, in the end.
enum class AuditOutcome { Given, Done, Refused, Failed };

// One sentence: "index.js got a token for GitHub (ana@example.com)". `provider` is what people call it.
[[nodiscard]] QString auditSentence(const AuditRecord& record, const QString& provider);
[[nodiscard]] AuditOutcome auditOutcome(const AuditRecord& record);
[[nodiscard]] QString outcomeWord(AuditOutcome outcome);
// The drawing of the kind of row; refusals and failures have that of a warning.
[[nodiscard]] Symbol auditSymbol(const AuditRecord& record);
// Why it was refused, in words, where the row has an error's name; else what the row says.
[[nodiscard]] QString auditReason(const AuditRecord& record);

// What is wrong with a row, by the word of audit.verify.
[[nodiscard]] QString verifyFinding(const std::string& what, qint64 row);

} // namespace keybearer
