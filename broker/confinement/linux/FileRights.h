#pragma once

#include <filesystem>
#include <vector>

namespace keybearer {

// Landlock (landlock(7)): from here on this process changes nothing but what lies in `writable`, and starts
// nothing but what lies in `executable`. A list that is empty takes the whole right away. False: this kernel
// has none. It has no layer to spare (sixteen in all): one a process, whatever programs it becomes.
[[nodiscard]] bool restrictFiles(const std::vector<std::filesystem::path>& writable,
                                 const std::vector<std::filesystem::path>& executable);

} // namespace keybearer
