#pragma once

#include <vector>

namespace keybearer {

// Listening sockets that this process has to ask its launcher for, because they do not come through the
// environment: launchd's, of the name "broker" in the property list. Empty elsewhere. To be asked once.
[[nodiscard]] std::vector<int> launcherSockets();

} // namespace keybearer
