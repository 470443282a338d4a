#include "app/tray/setup/Scenario.h"

#include "app/tray/mirror/BrokerMirror.h"

namespace keybearer {

std::vector<std::string> providersOf(Scenario scenario, const std::string& chosen,
                                     const BrokerMirror& mirror) {
    std::string only;
    switch (scenario) {
    case Scenario::ApiKeysOnly:
        return {};
    case Scenario::GitHub:
        only = "github";
        break;
    case Scenario::GoogleWorkspace:
        only = "google";
        break;
    case Scenario::OneProvider:
        only = chosen;
        break;
    case Scenario::SeveralProviders:
        break;
    }
    std::vector<std::string> names;
    for (const ProviderRecord& provider : mirror.providers()) {
        if (only.empty() ? scenario == Scenario::SeveralProviders : provider.name == only)
            names.push_back(provider.name);
    }
    return names;
}

} // namespace keybearer
