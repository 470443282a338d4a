#pragma once

#include "broker/base/Result.h"
#include "broker/log/Log.h"
#include "broker/protocol/Endpoint.h"

#include <optional>

namespace keybearer {

// The command line of keybearerd.
struct Options {
    enum class Task { Run, CheckConfig, Version, Help } task = Task::Run;
    Places places;
    LogLevel logLevel = LogLevel::Info;
    int readyFd = -1;
};

// InvalidParams with the words to print; the exit status is then 2.
[[nodiscard]] Result<Options> parseOptions(int argc, char** argv);
[[nodiscard]] const char* helpText();

} // namespace keybearer
