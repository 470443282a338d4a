#pragma once

#include "broker/access/Capabilities.h"
#include "broker/platform/FileDigests.h"

namespace keybearer {

// The content of what is about to be started, as Capabilities::Setup::measure wants it. The digests outlive
// it.
[[nodiscard]] decltype(Capabilities::Setup::measure) measureWith(FileDigests& digests);

} // namespace keybearer
