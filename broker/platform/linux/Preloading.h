#pragma once

#include "broker/platform/ProcessFacts.h"
#include "broker/platform/unix/SystemOwned.h"

#include <optional>
#include <string>

namespace keybearer {

// The process's /proc/PID/maps; -1: it could not be opened.
struct OpenedMaps {
    int fd = -1;
    ~OpenedMaps();
};

// Finds what makes a program run other code than its file's: libraries in its memory that its user can
// replace, and variables of its environment that bring some in. Sets foreignCode and remarks. A program that
// covers its traces is not found out. `environment`: its first bytes, up to the limit. Any thread.
inline constexpr std::size_t environmentLimit = std::size_t{512} * 1024; // a desktop's has about 5 KiB
void findPreloading(OpenedMaps& maps, const std::optional<std::string>& environment, ProcessFacts& facts,
                    SystemOwned& owned);

} // namespace keybearer
