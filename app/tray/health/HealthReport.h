#pragma once

#include "app/tray/health/HealthFacts.h"
#include "app/tray/look/Findings.h"

namespace keybearer {

// What a person can paste into a report of a fault: findings and facts, without accounts, and with the home
// directory as ~. In English, for whoever reads it.
[[nodiscard]] QString healthReport(const std::vector<FindingRecord>& findings, const Json& health,
                                   const std::vector<SessionRecord>& sessions, const QString& home);

} // namespace keybearer
