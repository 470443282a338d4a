#pragma once

#include <string>
#include <vector>

namespace keybearer {

class BrokerMirror;

// What the person wants Keybearer for; it decides which sign-ins the wizard offers.
enum class Scenario { GitHub, GoogleWorkspace, OneProvider, SeveralProviders, ApiKeysOnly };

// The short names of the providers to offer, in the order of the catalog; `chosen` counts for OneProvider.
[[nodiscard]] std::vector<std::string> providersOf(Scenario scenario, const std::string& chosen,
                                                   const BrokerMirror& mirror);

} // namespace keybearer
