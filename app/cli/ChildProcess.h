#pragma once

#include "broker/base/Clock.h"
#include "broker/base/Result.h"

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace keybearer {

// Where the command that a person typed lies: as a shell finds it, links not resolved. NotFound (exit status
// 127) or PolicyDenied (126: there, but no program).
[[nodiscard]] Result<std::filesystem::path> findCommand(const std::string& word);

// A program that is started in two steps: first a process that waits, so that others can be told of it; then,
// told to, it becomes the program. It inherits standard input, output, error and the terminal as they are,
// and ends when we are killed. One thread; at most one at a time is released, because it passes signals on.
class ChildProcess {
public:
    struct Plan {
        std::filesystem::path program;
        std::vector<std::string> words; // what the program sees: its name and its arguments
    };
    // NAME and value; the values may be secrets and are wiped once they were handed over.
    using Variables = std::vector<std::pair<std::string, std::string>>;

    ChildProcess();
    ~ChildProcess(); // ends a process that still waits
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    [[nodiscard]] Result<void> start(const Plan& plan);
    [[nodiscard]] pid_t pid() const { return pid_; }

    // Lets it become the program, with these variables beside our own and without `removed`, and with
    // `descriptor` (or -1) open in it. `stamp`, unless empty: of the only file that it may become
    // (fileStamp); with another one there it ends with 126.
    [[nodiscard]] Result<void> release(Variables& variables, const std::vector<std::string>& removed,
                                       int descriptor, const std::string& stamp);
    // From its release on signals are passed on. Its exit status, 128 + n after signal n, 126 or 127 if it
    // could not become the program; nothing if it has not ended by then.
    [[nodiscard]] std::optional<int> wait(std::optional<WallTime> until = std::nullopt);
    [[nodiscard]] bool hasEnded() { return wait(WallTime()).has_value(); }
    // Ends it: SIGTERM, and SIGKILL if that was in vain.
    void end(std::chrono::seconds limit);
    // Whether somebody else wants it to end: a SIGTERM was passed on to it, or another such signal while
    // end() did its work.
    [[nodiscard]] bool toldToEnd() const;

private:
    [[noreturn]] static void becomeProgram(const Plan& plan, int orders, pid_t parent);

    class PassingOn;

    pid_t pid_ = -1;
    int orders_ = -1;           // what it waits for
    std::optional<int> status_; // it has ended
    bool toldToEnd_ = false;
    std::unique_ptr<PassingOn> passing_;
};

} // namespace keybearer
