#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace keybearer {

// A program to start, word by word: no shell, a session of its own, signals as usual, and no descriptor but
// those named here.
struct ProcessPlan {
    struct Descriptor {
        int ours = -1;
        int number = -1; // what it is there; below mostNumbers
    };
    static constexpr int mostNumbers = 10;

    std::filesystem::path program;       // absolute
    std::vector<std::string> words;      // argv
    std::vector<std::string> variables;  // NAME=value, its whole environment
    std::filesystem::path directory;     // empty: where this process is
    std::vector<Descriptor> descriptors; // a standard stream that is not among them is /dev/null
    unsigned mask = 077;                 // umask
    bool endsWithUs = false;             // killed when our main thread ends, however that happens (Linux)
};

struct StartedProcess {
    std::int64_t pid = 0; // 0: not started
    int code = 0;         // errno
};

// Returns once it has become the program, or has not. A child of this process in any case; through the
// starter where there is one (Starter.h). Any thread.
[[nodiscard]] StartedProcess startProcess(const ProcessPlan& plan);

} // namespace keybearer
