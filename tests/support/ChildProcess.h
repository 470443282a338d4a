#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <sys/types.h>
#include <vector>

namespace keybearer::testing {

// How a program ended and what it said.
struct ProgramRun {
    int status = -1; // 128 + the signal if one killed it
    std::string out;
    std::string err;
};

// Runs a program to its end with exactly this environment (and PATH), pipes for all three streams, at most 30
// s.
[[nodiscard]] ProgramRun runProgram(const std::filesystem::path& program,
                                    const std::vector<std::string>& arguments,
                                    const std::map<std::string, std::string>& environment,
                                    const std::string& input = {});

// A program on a terminal of its own; both its output streams are that terminal, unless standard output goes
// to a file.
class TerminalProgram {
public:
    TerminalProgram(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                    const std::map<std::string, std::string>& environment,
                    const std::filesystem::path& standardOutput = {});
    ~TerminalProgram();
    TerminalProgram(const TerminalProgram&) = delete;
    TerminalProgram& operator=(const TerminalProgram&) = delete;

    // Reads until the text has appeared; false at the end of the program or after 20 s.
    [[nodiscard]] bool sees(const std::string& text);
    void look() { [[maybe_unused]] const bool goesOn = readMore(50); } // what has appeared within a moment
    void type(const std::string& text) const;
    // Waits for the end; everything that appeared is in screen().
    [[nodiscard]] int finish();
    [[nodiscard]] const std::string& screen() const { return screen_; }
    [[nodiscard]] pid_t process() const { return process_; }

private:
    [[nodiscard]] bool readMore(int milliseconds);

    int terminal_ = -1;
    pid_t process_ = -1;
    std::string screen_;
};

} // namespace keybearer::testing
