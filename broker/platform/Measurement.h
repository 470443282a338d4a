#pragma once

#include "broker/platform/PeerProcess.h"
#include "broker/platform/ProcessFacts.h"
#include "broker/platform/ProgramFile.h"

#include <cstdint>
#include <optional>

namespace keybearer {

// What was seen of a process in one go.
struct Measurement {
    ProcessFacts facts;
    std::optional<FileIdentity> file; // the one that it runs; nothing if it cannot be examined
    ProgramMark mark;                 // of the program that was there before anything else was looked at
    bool steady = false; // and was there afterwards: all of the facts are that program's, not another one's
};

// measureProcess() and markOf() before and after it. On Linux in one turn of the starter, where there is one:
// that is what takes time. Any thread.
[[nodiscard]] Measurement measureProgram(std::int64_t pid);

} // namespace keybearer
