#pragma once

#include "app/tray/mirror/Records.h"

#include <utility>

namespace keybearer {

// One line of what the broker says of itself: "Store", "keychain, ready". Display-safe.
using HealthFact = std::pair<QString, QString>;

// Of health.get and store.status; either may be empty.
[[nodiscard]] std::vector<HealthFact> healthFacts(const Json& health, const Json& store,
                                                  const QDateTime& now);
// One line a provider with sessions: how many, and whether renewing them fails.
[[nodiscard]] std::vector<HealthFact> providerFacts(const std::vector<SessionRecord>& sessions);

} // namespace keybearer
