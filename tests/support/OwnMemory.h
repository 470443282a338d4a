#pragma once

#include "broker/base/UnderSanitizer.h"

#include <cstddef>
#include <fstream>
#include <unistd.h>

namespace keybearer {

// What sanitizers keep of memory that was freed, so that a use of it is noticed, and shadows of it: nobody's
// growth.
constexpr std::size_t keptBySanitizers = underSanitizer ? std::size_t{640} << 20 : 0;

// Of this process. 0 if the system does not tell.
inline std::size_t residentBytes() {
    std::ifstream file("/proc/self/statm");
    std::size_t all = 0;
    std::size_t resident = 0;
    file >> all >> resident;
    return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

} // namespace keybearer
