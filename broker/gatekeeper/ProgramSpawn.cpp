#include "broker/gatekeeper/ProgramSpawn.h"

#include "broker/base/FileStamp.h"
#include "broker/base/Text.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

namespace keybearer {

namespace {

constexpr int outOfTheWay = 10; // copies lie above the numbers that they are to get
constexpr int lastSignal = 64;
constexpr mode_t usualMask = 022;     // ours lets nobody read our files; what it writes is the person's
constexpr int statusNotProgram = 126; // as shells say it

// Who and where, languages, and how to reach the network; neither keys nor places of ours.
constexpr std::array passedOn{
    "PATH",          "HOME",         "USER",           "LOGNAME",         "SHELL",
    "TMPDIR",        "LANG",         "LANGUAGE",       "LC_ALL",          "LC_CTYPE",
    "LC_MESSAGES",   "TZ",           "http_proxy",     "HTTP_PROXY",      "https_proxy",
    "HTTPS_PROXY",   "all_proxy",    "ALL_PROXY",      "no_proxy",        "NO_PROXY",
    "SSL_CERT_FILE", "SSL_CERT_DIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"};

// A pipe whose ends are closed with it, unless they were taken.
struct Pipe {
    Pipe() {
        if (::pipe(ends.data()) != 0)
            return;
        for (const int end : ends)
            ::fcntl(end, F_SETFD, FD_CLOEXEC);
    }
    ~Pipe() {
        for (const int end : ends) {
            if (end >= 0)
                ::close(end);
        }
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    [[nodiscard]] bool good() const { return ends[0] >= 0; }
    [[nodiscard]] int take(std::size_t which) {
        const int end = std::exchange(ends.at(which), -1);
        ::fcntl(end, F_SETFL, ::fcntl(end, F_GETFL) | O_NONBLOCK);
        return end;
    }
    std::array<int, 2> ends{-1, -1};
};

std::vector<char*> pointersTo(const std::vector<std::string>& words) {
    std::vector<char*> out;
    for (const std::string& word : words)
        out.push_back(const_cast<char*>(word.c_str()));
    out.push_back(nullptr);
    return out;
}

// All that happens between fork() and the program: only what a signal handler may do, because other threads
// of ours may have held anything.
struct Child {
    const char* program;
    char* const* words;
    char* const* variables;
    const char* directory;
    int input, output, log, report;
    pid_t parent;

    [[noreturn]] void become() const {
        ::setsid();
        ::umask(usualMask);
#ifdef __linux__
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
        struct sigaction usual {};
        usual.sa_handler = SIG_DFL;
        for (int signal = 1; signal <= lastSignal; ++signal)
            ::sigaction(signal, &usual, nullptr);
        sigset_t none;
        sigemptyset(&none);
        ::sigprocmask(SIG_SETMASK, &none, nullptr);
        if (::getppid() == parent && place(input, STDIN_FILENO) && place(output, STDOUT_FILENO) &&
            place(log, STDERR_FILENO) && ::chdir(directory) == 0) {
            closeOthers();
            ::execve(program, words, variables);
        }
        const int code = errno;
        static_cast<void>(::write(report, &code, sizeof(code)) < 0);
        ::_exit(statusNotProgram);
    }
    static bool place(int from, int to) {
        return ::dup2(from, to) == to;
    }
    // Ours are closed on exec; what a library opened without that is not the program's either.
    void closeOthers() const {
#ifdef __linux__
        constexpr unsigned first = STDERR_FILENO + 1;
        constexpr unsigned closeOnExec = 1U << 2U; // CLOSE_RANGE_CLOEXEC, since Linux 5.11
        static_cast<void>(::syscall(SYS_close_range, first, ~0U, closeOnExec));
#endif
    }
};

tl::unexpected<Error> systemFailure(const std::string& what, int code) {
    return failure(ErrorCode::InternalError, what + ": " + std::strerror(code),
                   "See what is wrong with: keybearer doctor");
}

tl::unexpected<Error> cannotStart(const ProgramPlan& plan, int code) {
    const std::string name = displaySafe(plan.program.string(), 500);
    const ErrorCode kind = code == ENOENT || code == ENOTDIR ? ErrorCode::NotFound : ErrorCode::InternalError;
    return failure(kind, "cannot start " + name + ": " + std::strerror(code),
                   "Check command: and directory: of the service in config.yaml.");
}

} // namespace

std::vector<std::string> plainEnvironment() {
    std::vector<std::string> out;
    for (const char* name : passedOn) {
        if (const char* value = std::getenv(name))
            out.push_back(std::string(name).append("=").append(value));
    }
    return out;
}

Result<SpawnedProgram> spawnProgram(const ProgramPlan& plan) {
    if (!plan.stamp.empty() && fileStamp(plan.program) != plan.stamp)
        return failure(ErrorCode::PolicyDenied,
                       displaySafe(plan.program.string(), 500) + " was changed after it had been looked at",
                       "Try again.");
    Pipe input;
    Pipe output;
    Pipe log;
    Pipe report;
    if (!input.good() || !output.good() || !log.good() || !report.good())
        return systemFailure("cannot make pipes to a program", errno);
    const std::array copies{::fcntl(input.ends[0], F_DUPFD_CLOEXEC, outOfTheWay),
                            ::fcntl(output.ends[1], F_DUPFD_CLOEXEC, outOfTheWay),
                            ::fcntl(log.ends[1], F_DUPFD_CLOEXEC, outOfTheWay),
                            ::fcntl(report.ends[1], F_DUPFD_CLOEXEC, outOfTheWay)};
    if (std::find(copies.begin(), copies.end(), -1) != copies.end()) {
        for (const int copy : copies) {
            if (copy >= 0)
                ::close(copy);
        }
        return systemFailure("cannot make pipes to a program", EMFILE);
    }
    const std::vector<char*> words = pointersTo(plan.words);
    const std::vector<char*> variables = pointersTo(plan.variables);
    const Child child{plan.program.c_str(),
                      words.data(),
                      variables.data(),
                      plan.directory.c_str(),
                      copies[0],
                      copies[1],
                      copies[2],
                      copies[3],
                      ::getpid()};
    const pid_t pid = ::fork();
    if (pid == 0)
        child.become();
    const int forkError = errno;
    for (const int copy : copies)
        ::close(copy);
    if (pid < 0)
        return systemFailure("cannot start a process", forkError);
    ::close(std::exchange(report.ends[1], -1));
    int code = 0;
    ssize_t got = 0;
    do { // until it has become the program, which takes no time worth an event loop's turn
        got = ::read(report.ends[0], &code, sizeof(code));
    } while (got < 0 && errno == EINTR);
    if (got == static_cast<ssize_t>(sizeof(code))) {
        ::waitpid(pid, nullptr, 0);
        return cannotStart(plan, code);
    }
    return SpawnedProgram{pid, input.take(1), output.take(0), log.take(0)};
}

} // namespace keybearer
