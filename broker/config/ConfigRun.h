#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace keybearer {

// One entry of `profiles`: what a program that `keybearer run --profile NAME` starts may have.
struct ProfileConfig {
    std::string name;
    std::string where;                // "config.yaml:12" or an environment variable
    std::vector<std::string> allow;   // "github", "github:ana@example.com", "apikey:NAME"
    std::vector<std::string> command; // absolute program and first arguments; empty: any, once asked
    std::optional<std::chrono::seconds> expires; // absent: as long as the program runs
    bool fallback = false;                       // may be handed over in KEYBEARER_CAPABILITY
    bool restarts = false;                       // on_expiry: started anew before a token in a variable ends
};

// The section `agent`: the second socket, for what may be forwarded to another machine.
struct AgentConfig {
    bool enabled = false;
    std::vector<std::string> allow;
    std::filesystem::path socket; // empty: agent.sock beside broker.sock
};

} // namespace keybearer
