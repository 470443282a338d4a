#pragma once

#include "broker/base/Result.h"

#include <filesystem>
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
// and ends when we are killed. One thread; at most one at a time, because it passes signals on.
class ChildProcess {
public:
    struct Plan {
        std::filesystem::path program;
        std::vector<std::string> words; // what the program sees: its name and its arguments
    };
    // NAME and value; the values may be secrets and are wiped once they were handed over.
    using Variables = std::vector<std::pair<std::string, std::string>>;

    ChildProcess() = default;
    ~ChildProcess(); // kills a process that still waits
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    [[nodiscard]] Result<void> start(const Plan& plan);
    [[nodiscard]] pid_t pid() const { return pid_; }

    // Lets it become the program, with these variables beside our own and without `removed`, and with
    // `descriptor` (or -1) open in it. `stamp`, unless empty: of the only file that it may become
    // (fileStamp); with another one there it ends with 126.
    [[nodiscard]] Result<void> release(Variables& variables, const std::vector<std::string>& removed,
                                       int descriptor, const std::string& stamp);
    // Passes signals on until it ends. Its exit status, 128 + n after signal n, 126 or 127 if it could not
    // become the program.
    [[nodiscard]] int wait();

private:
    [[noreturn]] static void becomeProgram(const Plan& plan, int orders, pid_t parent);

    pid_t pid_ = -1;
    int orders_ = -1; // what it waits for
};

} // namespace keybearer
