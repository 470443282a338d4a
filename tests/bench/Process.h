#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace keybearer::bench {

// A program under measurement; killed when it goes out of scope.
class Process {
public:
    Process() = default;
    ~Process() { stop(); }
    Process(Process&& other) noexcept
        : pid_(std::exchange(other.pid_, 0)), startMillis_(other.startMillis_) {}
    Process& operator=(Process&& other) noexcept;
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    // Starts it on one processor (-1: any) and waits for the first line that it writes to standard output,
    // or, if `readyFd` is set, to descriptor 3. Not running afterwards if it never came.
    [[nodiscard]] static Process start(const std::vector<std::string>& command, int processor = -1,
                                       bool readyFd = false);
    void stop();

    [[nodiscard]] bool running() const { return pid_ > 0; }
    [[nodiscard]] int pid() const { return pid_; }
    [[nodiscard]] double startMillis() const { return startMillis_; } // from fork to the line

    [[nodiscard]] double dirtyMiB() const; // smaps_rollup, Private_Dirty
    using Switches = std::map<std::string, long>;
    [[nodiscard]] Switches voluntarySwitches() const; // by thread

private:
    int pid_ = 0;
    double startMillis_ = 0;
};

// What happened between two looks.
[[nodiscard]] long wakeUps(const Process::Switches& before, const Process::Switches& after);

// Runs a command to its end with its output thrown away; milliseconds from spawn to exit, negative if it
// failed.
[[nodiscard]] double timeOnce(const std::vector<std::string>& command);

// How many system calls a command makes (strace); negative if that cannot be told.
[[nodiscard]] long countSystemCalls(const std::vector<std::string>& command);

} // namespace keybearer::bench
