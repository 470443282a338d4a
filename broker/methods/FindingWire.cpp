#include "broker/methods/FindingWire.h"

#include <algorithm>

namespace keybearer {

using Level = ProviderCheck::Finding::Level;

Json toWire(const ProviderCheck::Findings& findings) {
    Json out = Json::array();
    for (const ProviderCheck::Finding& finding : findings) {
        const char* level = finding.level == Level::Good      ? "ok"
                            : finding.level == Level::Warning ? "warning"
                                                              : "error";
        out.push_back(Json{{"level", level},
                           {"name", finding.name},
                           {"message", finding.message},
                           {"action", finding.action}});
    }
    return out;
}

bool hasError(const ProviderCheck::Findings& findings) {
    return std::any_of(findings.begin(), findings.end(),
                       [](const ProviderCheck::Finding& finding) { return finding.level == Level::Error; });
}

} // namespace keybearer
