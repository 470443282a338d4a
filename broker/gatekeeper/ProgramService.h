#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace keybearer {

// A service that is a program of this machine, as the configuration names it. Nothing else is ever started.
struct ProgramService {
    struct Variable {
        std::string name;
        std::string selector; // PROVIDER[:ACCOUNT] or apikey:NAME
        bool operator==(const Variable&) const = default;
    };
    std::string name;
    std::vector<std::string> command; // absolute program and arguments; no shell sees them
    std::vector<Variable> environment;
    std::filesystem::path directory; // absolute
    std::chrono::seconds idle{600};
    bool operator==(const ProgramService&) const = default;
};

} // namespace keybearer
