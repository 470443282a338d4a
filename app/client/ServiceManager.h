#pragma once

namespace keybearer {

// Has the system's service manager listen at the broker's socket, if `keybearer autostart enable` has put the
// broker into its hands and it is there: whoever connects then starts the broker. False: it was not asked, or
// it could not; the broker is to be started by hand. Blocks for some seconds at most.
[[nodiscard]] bool askServiceManager();

} // namespace keybearer
