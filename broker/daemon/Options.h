#pragma once

#include "broker/base/Result.h"
#include "broker/log/Log.h"
#include "broker/protocol/Endpoint.h"

#include <optional>
#include <string>
#include <vector>

namespace keybearer {

// The command line of keybearerd.
struct Options {
    enum class Task { Run, CheckConfig, Version, Help } task = Task::Run;
    Places places;
    std::optional<LogLevel> logLevel; // absent: log.level of the configuration
    bool json = false;                // of --check-config
    std::string preset;               // empty: the configuration's
    int readyFd = -1;
    std::vector<std::string> again; // the command line of a successor: what was said, without the descriptor
};

// InvalidParams with the words to print; the exit status is then 2.
[[nodiscard]] Result<Options> parseOptions(int argc, char** argv);
[[nodiscard]] const char* helpText();

} // namespace keybearer
