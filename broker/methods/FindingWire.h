#pragma once

#include "broker/accounts/ProviderCheck.h"
#include "broker/base/Json.h"

namespace keybearer {

// How the findings of provider.test and service.test look on the wire. Pure.
[[nodiscard]] Json toWire(const ProviderCheck::Findings& findings);
[[nodiscard]] bool hasError(const ProviderCheck::Findings& findings);

} // namespace keybearer
