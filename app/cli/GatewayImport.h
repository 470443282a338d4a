#pragma once

#include "app/import/FilePlan.h"

#include <filesystem>

namespace keybearer {

// What an import of a gateway's settings would make of config.yaml: each provider and service that can be
// taken over as an entry of its own, everything else of the file as it is. The gateway's own file is read and
// never changed. Errors are a state of the plan.
[[nodiscard]] FilePlan planGatewayImport(const std::filesystem::path& source,
                                         const std::filesystem::path& config, const ImportRules& rules);

} // namespace keybearer
