#pragma once

#include <string>
#include <vector>

namespace keybearer {

// What this process gives away before it reads the first foreign byte: memory dumps, the right to gain
// privileges, writing to any file (Landlock), starting or looking into any process and calling any program
// over a Unix socket (seccomp). Call once, while there is one thread. Returns a line for the log about each
// that the system does not have; only what every kernel has is required, and false says that it could not be
// had.
[[nodiscard]] bool confineProcess(std::vector<std::string>& missing);

} // namespace keybearer
