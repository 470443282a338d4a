#pragma once

#include "broker/base/Result.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace keybearer {

// What a program that is started under a name may have, as the configuration says.
struct RunProfile {
    std::string name;
    std::vector<std::string> allowed; // "github", "github:ana@example.com", "apikey:NAME"
    std::vector<std::string> command; // absolute program and first arguments; empty: whatever was asked about
    std::optional<std::chrono::seconds> expires;
    bool fallback = false; // may be handed over in the environment
    bool restarts = false; // what started it starts it anew before a token in its environment ends
};

// What `keybearer run` is about to start, in its words: it started the waiting process and will make it this
// program.
struct RunCommand {
    std::int64_t pid = 0;        // the process that waits to become it
    std::uint64_t startTime = 0; // 0: not said
    std::string executable;      // absolute, links resolved
    std::vector<std::string> arguments;
    std::string workingDirectory;
    std::vector<std::string> environment; // NAME=value of variables that bring foreign code into programs
    std::string script;                   // measured: what an interpreter would run, absolute; or empty
    std::string executableHash;           // measured, hex
    std::string scriptHash;
    std::string stamp; // of the executable that was measured (fileStamp); empty: it was not
};

// Whether the profile names this command: the program, then its first arguments. Never an interpreter without
// a script, and never with variables that bring foreign code along.
[[nodiscard]] bool namesCommand(const RunProfile& profile, const RunCommand& command);

// The command line as a person would type it, display-safe. Whole, or an error: what is not shown is not
// agreed to.
[[nodiscard]] Result<std::string> shownCommand(const RunCommand& command);

// What has to stay the same for a permission to hold: profile, program and script with their content,
// arguments, working directory and those variables. Hex.
[[nodiscard]] std::string fingerprintOf(const RunProfile& profile, const RunCommand& command);

} // namespace keybearer
