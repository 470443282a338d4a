#include "tests/bench/Process.h"

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <poll.h>
#include <sched.h>
#include <spawn.h>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>

namespace keybearer::bench {

namespace {

using Steady = std::chrono::steady_clock;
constexpr int readyTimeoutMs = 30'000;

double millisSince(Steady::time_point begin) {
    return std::chrono::duration<double, std::milli>(Steady::now() - begin).count();
}

std::vector<char*> argumentsOf(const std::vector<std::string>& command) {
    std::vector<char*> arguments;
    arguments.reserve(command.size() + 1);
    for (const std::string& word : command)
        arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    return arguments;
}

[[noreturn]] void become(char* const* arguments, int out, int outTarget, int processor) {
    const int null = ::open("/dev/null", O_RDWR);
    ::dup2(null, 0);
    if (outTarget != 1)
        ::dup2(null, 1);
    ::dup2(out, outTarget); // clears close-on-exec
    if (processor >= 0) {
        cpu_set_t set;
        CPU_ZERO(&set);
        CPU_SET(static_cast<std::size_t>(processor), &set);
        ::sched_setaffinity(0, sizeof set, &set);
    }
    ::execvp(arguments[0], arguments);
    ::_exit(127);
}

} // namespace

Process& Process::operator=(Process&& other) noexcept {
    if (this != &other) {
        stop();
        pid_ = std::exchange(other.pid_, 0);
        startMillis_ = other.startMillis_;
    }
    return *this;
}

Process Process::start(const std::vector<std::string>& command, int processor, bool readyFd) {
    Process process;
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return process;
    const std::vector<char*> arguments = argumentsOf(command);
    const auto begin = Steady::now();
    process.pid_ = ::fork();
    if (process.pid_ == 0)
        become(arguments.data(), ends[1], readyFd ? 3 : 1, processor);
    ::close(ends[1]);
    pollfd ready{ends[0], POLLIN, 0};
    char byte = 0;
    const bool came = ::poll(&ready, 1, readyTimeoutMs) == 1 && ::read(ends[0], &byte, 1) == 1;
    process.startMillis_ = millisSince(begin);
    ::close(ends[0]);
    if (!came)
        process.stop();
    return process;
}

void Process::stop() {
    if (pid_ <= 0)
        return;
    ::kill(pid_, SIGTERM);
    for (int i = 0; i < 500; ++i) {
        if (::waitpid(pid_, nullptr, WNOHANG) != 0) {
            pid_ = 0;
            return;
        }
        ::usleep(10'000);
    }
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    pid_ = 0;
}

double Process::dirtyMiB() const {
    std::ifstream file("/proc/" + std::to_string(pid_) + "/smaps_rollup");
    double kib = 0;
    for (std::string line; std::getline(file, line);) {
        if (line.rfind("Private_Dirty", 0) == 0)
            kib += std::strtod(line.c_str() + line.find(':') + 1, nullptr);
    }
    return kib / 1024;
}

Process::Switches Process::voluntarySwitches() const {
    Switches switches;
    std::error_code ignored;
    for (const auto& task :
         std::filesystem::directory_iterator("/proc/" + std::to_string(pid_) + "/task", ignored)) {
        std::ifstream file(task.path() / "status");
        for (std::string line; std::getline(file, line);) {
            if (line.rfind("voluntary_ctxt_switches:", 0) == 0)
                switches[task.path().filename()] =
                    std::strtol(line.c_str() + line.find(':') + 1, nullptr, 10);
        }
    }
    return switches;
}

long wakeUps(const Process::Switches& before, const Process::Switches& after) {
    long count = 0;
    for (const auto& [thread, switches] : after) {
        const auto known = before.find(thread);
        count += switches - (known == before.end() ? 0 : known->second);
    }
    for (const auto& [thread, unused] : before)
        count += after.contains(thread) ? 0 : 1; // it woke to end
    return count;
}

double timeOnce(const std::vector<std::string>& command) {
    const std::vector<char*> arguments = argumentsOf(command);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    pid_t pid = 0;
    const auto begin = Steady::now();
    const int failed = ::posix_spawnp(&pid, arguments[0], &actions, nullptr, arguments.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    int status = 0;
    if (failed != 0 || ::waitpid(pid, &status, 0) != pid || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return -1;
    return millisSince(begin);
}

long countSystemCalls(const std::vector<std::string>& command) {
    std::string path = std::filesystem::temp_directory_path() / "kb-strace-XXXXXX";
    const int fd = ::mkstemp(path.data());
    if (fd < 0)
        return -1;
    ::close(fd);
    std::vector<std::string> traced{"strace", "-f", "-qq", "-e", "signal=none", "-o", path};
    traced.insert(traced.end(), command.begin(), command.end());
    long calls = -1;
    if (timeOnce(traced) >= 0) {
        std::ifstream file(path);
        calls = 0;
        for (std::string line; std::getline(file, line);)
            calls += line.find("exited with") == std::string::npos ? 1 : 0;
    }
    ::unlink(path.c_str());
    return calls;
}

} // namespace keybearer::bench
