#pragma once

#include "broker/base/Result.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace keybearer {

// What is to be started, word by word.
struct ProgramPlan {
    std::filesystem::path program;      // absolute, links resolved
    std::vector<std::string> words;     // argv; the first one as the configuration names it
    std::vector<std::string> variables; // NAME=value, its whole environment
    std::filesystem::path directory;
    std::string stamp; // of the only file that it may become (fileStamp); empty: whichever lies there
};

// A program with pipes for its three standard streams; our ends are closed on exec and do not block.
struct SpawnedProgram {
    std::int64_t pid = 0; // leader of a session and process group of its own
    int input = -1;       // to write
    int output = -1;      // to read
    int log = -1;         // to read: its standard error
};

// Starts it: no shell, no other descriptor, signals as usual; it is killed when the calling thread ends,
// however that happens (Linux). NotFound: there is no such program or directory; PolicyDenied: it was changed
// after it had been looked at; InternalError. Event loop thread.
[[nodiscard]] Result<SpawnedProgram> spawnProgram(const ProgramPlan& plan);

// What a program needs of our own environment to be at home, as NAME=value; nothing of ours.
[[nodiscard]] std::vector<std::string> plainEnvironment();

} // namespace keybearer
