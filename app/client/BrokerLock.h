#pragma once

#include <filesystem>

namespace keybearer {

enum class LockState { Held, Free, Unknown };

// Whether a broker holds its lock file. Looks into the kernel's list of locks: trying the lock would make a
// broker fail that wants it at that moment.
[[nodiscard]] LockState lockState(const std::filesystem::path& path);

} // namespace keybearer
