#include "tests/support/ChildProcess.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace keybearer::testing {

namespace {

using Steady = std::chrono::steady_clock;
constexpr std::chrono::seconds runLimit{30};
constexpr std::chrono::seconds seeLimit{20};

std::vector<std::string> entries(const std::map<std::string, std::string>& environment) {
    std::vector<std::string> out;
    for (const auto& [name, value] : environment)
        out.push_back(name + "=" + value);
    if (environment.count("PATH") == 0)
        out.emplace_back("PATH=/usr/bin:/bin");
    return out;
}

// Async-signal-safe: everything was prepared before fork().
[[noreturn]] void execute(const char* program, const std::vector<char*>& words,
                          const std::vector<char*>& environment) {
    ::execve(program, words.data(), environment.data());
    ::_exit(127);
}

std::vector<char*> pointersTo(std::vector<std::string>& texts) {
    std::vector<char*> out;
    for (std::string& text : texts)
        out.push_back(text.data());
    out.push_back(nullptr);
    return out;
}

int statusOf(pid_t process) {
    int status = 0;
    const Steady::time_point deadline = Steady::now() + runLimit;
    while (::waitpid(process, &status, WNOHANG) == 0) {
        if (Steady::now() > deadline)
            ::kill(process, SIGKILL);
        ::poll(nullptr, 0, 1);
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

} // namespace

ProgramRun runProgram(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                      const std::map<std::string, std::string>& environment, const std::string& input) {
    std::vector<std::string> words{program.string()};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<std::string> variables = entries(environment);
    const std::vector<char*> argv = pointersTo(words);
    const std::vector<char*> envp = pointersTo(variables);
    std::array<std::array<int, 2>, 3> pipes{};
    for (auto& ends : pipes) {
        if (::pipe2(ends.data(), O_CLOEXEC) != 0)
            throw std::runtime_error("cannot make a pipe");
    }
    const pid_t process = ::fork();
    if (process < 0)
        throw std::runtime_error("cannot fork"); // kill() takes -1 for everybody
    if (process == 0) {
        ::dup2(pipes[0][0], 0);
        ::dup2(pipes[1][1], 1);
        ::dup2(pipes[2][1], 2);
        execute(program.c_str(), argv, envp);
    }
    ::close(pipes[0][0]);
    ::close(pipes[1][1]);
    ::close(pipes[2][1]);
    [[maybe_unused]] const ssize_t ignored = ::write(pipes[0][1], input.data(), input.size());
    ::close(pipes[0][1]);
    ProgramRun run;
    std::array<pollfd, 2> set{pollfd{pipes[1][0], POLLIN, 0}, pollfd{pipes[2][0], POLLIN, 0}};
    const Steady::time_point deadline = Steady::now() + runLimit;
    while ((set[0].fd >= 0 || set[1].fd >= 0) && Steady::now() < deadline) {
        ::poll(set.data(), set.size(), 1000);
        for (std::size_t i = 0; i < set.size(); ++i) {
            if (set[i].fd < 0 || set[i].revents == 0)
                continue;
            std::array<char, 4096> buffer{};
            const ssize_t got = ::read(set[i].fd, buffer.data(), buffer.size());
            if (got > 0)
                (i == 0 ? run.out : run.err).append(buffer.data(), static_cast<std::size_t>(got));
            else
                set[i].fd = -1;
        }
    }
    ::close(pipes[1][0]);
    ::close(pipes[2][0]);
    run.status = statusOf(process);
    return run;
}

TerminalProgram::TerminalProgram(const std::filesystem::path& program,
                                 const std::vector<std::string>& arguments,
                                 const std::map<std::string, std::string>& environment,
                                 const std::filesystem::path& standardOutput) {
    std::vector<std::string> words{program.string()};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<std::string> variables = entries(environment);
    const std::vector<char*> argv = pointersTo(words);
    const std::vector<char*> envp = pointersTo(variables);
    process_ = ::forkpty(&terminal_, nullptr, nullptr, nullptr);
    if (process_ < 0)
        throw std::runtime_error("cannot make a terminal");
    if (process_ == 0) {
        if (!standardOutput.empty())
            ::dup2(::open(standardOutput.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), 1);
        execute(program.c_str(), argv, envp);
    }
}

TerminalProgram::~TerminalProgram() {
    if (process_ > 0) {
        ::kill(process_, SIGKILL);
        ::waitpid(process_, nullptr, 0);
    }
    ::close(terminal_);
}

bool TerminalProgram::readMore(int milliseconds) {
    pollfd waited{terminal_, POLLIN, 0};
    if (::poll(&waited, 1, milliseconds) <= 0)
        return true;
    std::array<char, 4096> buffer{};
    const ssize_t got = ::read(terminal_, buffer.data(), buffer.size());
    if (got <= 0)
        return errno == EINTR; // EIO: the program has closed its terminal
    screen_.append(buffer.data(), static_cast<std::size_t>(got));
    return true;
}

bool TerminalProgram::sees(const std::string& text) {
    const Steady::time_point deadline = Steady::now() + seeLimit;
    while (screen_.find(text) == std::string::npos) {
        if (Steady::now() > deadline || !readMore(100))
            return screen_.find(text) != std::string::npos;
    }
    return true;
}

void TerminalProgram::type(const std::string& text) const {
    [[maybe_unused]] const ssize_t ignored = ::write(terminal_, text.data(), text.size());
}

int TerminalProgram::finish() {
    const Steady::time_point deadline = Steady::now() + runLimit;
    while (Steady::now() < deadline && readMore(100)) {
    }
    const int status = process_ > 0 ? statusOf(process_) : -1;
    process_ = -1;
    return status;
}

} // namespace keybearer::testing
