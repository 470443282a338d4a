#include "broker/platform/unix/NewProcess.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>
#ifdef __linux__
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

namespace keybearer {

namespace {

constexpr int outOfTheWay = ProcessPlan::mostNumbers; // copies lie above the numbers that they are to get
constexpr int lastSignal = 64;
constexpr int statusNotProgram = 126; // as shells say it
constexpr int standardStreams = 3;

// Closed with it, and on exec.
class Copy {
public:
    explicit Copy(int of) : fd_(::fcntl(of, F_DUPFD_CLOEXEC, outOfTheWay)) {}
    ~Copy() { close(); }
    Copy(Copy&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Copy& operator=(Copy&&) = delete;
    Copy(const Copy&) = delete;
    Copy& operator=(const Copy&) = delete;
    [[nodiscard]] int fd() const { return fd_; }
    void close() {
        if (fd_ >= 0)
            ::close(std::exchange(fd_, -1));
    }

private:
    int fd_;
};

std::vector<char*> pointersTo(const std::vector<std::string>& words) {
    std::vector<char*> out;
    out.reserve(words.size() + 1);
    for (const std::string& word : words)
        out.push_back(const_cast<char*>(word.c_str())); // as exec(3) wants it
    out.push_back(nullptr);
    return out;
}

// All that happens between fork() and the program: only what a signal handler may do, because other threads
// of ours may have held anything.
struct Child {
    const char* program;
    char* const* words;
    char* const* variables;
    const char* directory;                            // null: it stays
    std::array<int, ProcessPlan::mostNumbers> placed; // by number; -1: none
    mode_t mask;
    bool endsWithParent;
    pid_t parent;
    int report;

    [[noreturn]] void become() const {
        ::setsid();
        ::umask(mask);
#ifdef __linux__
        if (endsWithParent)
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
        struct sigaction usual {};
        usual.sa_handler = SIG_DFL;
        for (int signal = 1; signal <= lastSignal; ++signal)
            ::sigaction(signal, &usual, nullptr);
        sigset_t none;
        sigemptyset(&none);
        ::sigprocmask(SIG_SETMASK, &none, nullptr);
        if (::getppid() != parent) {
            errno = ESRCH; // it ended meanwhile
        } else if (placeAll() && (directory == nullptr || ::chdir(directory) == 0)) {
            closeOthers();
            ::execve(program, words, variables);
        }
        const int code = errno;
        static_cast<void>(::write(report, &code, sizeof(code)) < 0);
        ::_exit(statusNotProgram);
    }
    [[nodiscard]] bool placeAll() const {
        for (int number = 0; number < ProcessPlan::mostNumbers; ++number) {
            const int from = placed[static_cast<std::size_t>(number)];
            if (from >= 0 ? ::dup2(from, number) != number : !isEmpty(number))
                return false;
        }
        return true;
    }
    static bool isEmpty(int number) {
        ::close(number);
        if (number >= standardStreams)
            return true;
        // The lowest number is free now, and it is this one.
        return ::open("/dev/null", number == STDIN_FILENO ? O_RDONLY : O_WRONLY) == number;
    }
    // Ours are closed on exec; what a library opened without that is not the program's either.
    static void closeOthers() {
#ifdef __linux__
        constexpr unsigned first = ProcessPlan::mostNumbers;
        constexpr unsigned closeOnExec = 1U << 2U; // CLOSE_RANGE_CLOEXEC, since Linux 5.11
        static_cast<void>(::syscall(SYS_close_range, first, ~0U, closeOnExec));
#endif
    }
};

} // namespace

StartedProcess newProcess(const ProcessPlan& plan, MakeProcess make, pid_t parent) {
    std::array<int, 2> ends{-1, -1};
    if (::pipe(ends.data()) != 0)
        return {0, errno};
    ::fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    Copy report(ends[1]);
    ::close(ends[1]);
    std::vector<Copy> copies;
    Child child{};
    child.placed.fill(-1);
    bool good = report.fd() >= 0;
    for (const ProcessPlan::Descriptor& each : plan.descriptors) {
        copies.emplace_back(each.ours);
        good = good && copies.back().fd() >= 0 && each.number >= 0 && each.number < ProcessPlan::mostNumbers;
        if (good)
            child.placed.at(static_cast<std::size_t>(each.number)) = copies.back().fd();
    }
    const std::vector<char*> words = pointersTo(plan.words);
    const std::vector<char*> variables = pointersTo(plan.variables);
    child.program = plan.program.c_str();
    child.words = words.data();
    child.variables = variables.data();
    child.directory = plan.directory.empty() ? nullptr : plan.directory.c_str();
    child.mask = static_cast<mode_t>(plan.mask);
    child.endsWithParent = plan.endsWithUs;
    child.parent = parent;
    child.report = report.fd();
    StartedProcess out{0, EMFILE};
    if (good) {
        const pid_t pid = make();
        if (pid == 0)
            child.become();
        out = pid < 0 ? StartedProcess{0, errno} : StartedProcess{pid, 0};
    }
    report.close();
    if (out.pid > 0) {
        ssize_t got = 0;
        do { // until it has become the program, which takes no time worth an event loop's turn
            got = ::read(ends[0], &out.code, sizeof(out.code));
        } while (got < 0 && errno == EINTR);
        if (got != static_cast<ssize_t>(sizeof(out.code)))
            out.code = 0;
    }
    ::close(ends[0]);
    return out;
}

} // namespace keybearer
