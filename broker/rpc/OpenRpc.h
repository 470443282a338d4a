#pragma once

#include "broker/base/Json.h"
#include "broker/base/Result.h"

#include <string>

namespace keybearer {

// The OpenRPC 1.3 description of every method (resources/openrpc.json, compiled in) with this version in it.
[[nodiscard]] Result<Json> openRpcDocument(const std::string& version);

} // namespace keybearer
