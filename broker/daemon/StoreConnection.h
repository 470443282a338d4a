#pragma once

#include "broker/daemon/StoreKeeper.h"

namespace keybearer {

// How the server of a shared store is reached by the words of this configuration.
[[nodiscard]] std::function<Result<StoreKeeper::Setup::Connection>(const std::string& backend)>
storeConnection(const Config& config, const Clock& clock);

} // namespace keybearer
