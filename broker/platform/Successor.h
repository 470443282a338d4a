#pragma once

#include "broker/base/Error.h"

#include <filesystem>
#include <string>
#include <vector>

namespace keybearer {

// The program that goes on in this process, with its number, its terminal and its place in the service
// manager's books, and with the descriptors that must not be closed meanwhile: whoever connects to a
// listening socket waits in its queue until the successor takes him.
struct Successor {
    struct Descriptor {
        int fd = -1;
        std::string name; // of HandedOver.h
    };
    std::filesystem::path program;
    std::vector<std::string> arguments; // without the program's name
    std::vector<Descriptor> descriptors;
};

// Returns only if it failed. The caller has finished everything else: no thread goes on, nothing is closed in
// order any more. Every other descriptor but the standard streams is closed.
[[nodiscard]] Error become(const Successor& successor);

} // namespace keybearer
