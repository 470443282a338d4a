#include "app/cli/ChildProcess.h"

#include "app/client/ProgramPath.h"
#include "broker/base/FileStamp.h"
#include "broker/base/Secret.h"
#include "broker/base/Text.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

namespace keybearer {

namespace {

constexpr int statusNotProgram = 126; // as shells say it
constexpr int statusNotFound = 127;
constexpr int statusSignal = 128;
constexpr std::chrono::seconds longestNap{60}; // the clock may be set, and the machine sleep
constexpr char goAhead = 'g';
constexpr char setMark = 's';
constexpr char unsetMark = 'u';
constexpr char descriptorMark = 'd';
constexpr char stampMark = 'p';
constexpr std::array passedOn{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGALRM, SIGWINCH, SIGCONT};

// A signal handler reaches nothing else.
volatile sig_atomic_t childPid = -1;
volatile sig_atomic_t endWanted = 0;  // since end() began
volatile sig_atomic_t termPassed = 0; // whoever sends that wants it to end, however long it takes
std::array<struct sigaction, passedOn.size()> before; // while signals are passed on: what they did

// What the terminal sends goes to the program as well as to us: passing it on would make two of it.
extern "C" void passOn(int signal, siginfo_t* about, void*) {
    const int saved = errno;
    if (signal == SIGTERM || signal == SIGINT || signal == SIGHUP || signal == SIGQUIT)
        endWanted = 1;
    if (signal == SIGTERM)
        termPassed = 1;
    if (childPid > 0 && about != nullptr && about->si_code <= 0 && about->si_pid != childPid)
        ::kill(static_cast<pid_t>(childPid), signal);
    errno = saved;
}

// While it lives, sleep() is left as soon as a child has ended, however close before it that was.
class NoticeOfEnds {
public:
    NoticeOfEnds() {
        sigset_t ends;
        sigemptyset(&ends);
        sigaddset(&ends, SIGCHLD);
        ::sigprocmask(SIG_BLOCK, &ends, &maskBefore_);
        struct sigaction action {};
        action.sa_handler = [](int) {};
        sigemptyset(&action.sa_mask);
        ::sigaction(SIGCHLD, &action, &before_);
    }
    ~NoticeOfEnds() {
        ::sigaction(SIGCHLD, &before_, nullptr);
        ::sigprocmask(SIG_SETMASK, &maskBefore_, nullptr);
    }
    NoticeOfEnds(const NoticeOfEnds&) = delete;
    NoticeOfEnds& operator=(const NoticeOfEnds&) = delete;

    void sleep(WallTime::duration time) const {
        const auto whole = std::chrono::floor<std::chrono::seconds>(time);
        const timespec span{whole.count(), std::chrono::nanoseconds(time - whole).count()};
        sigset_t mask = maskBefore_;
        sigdelset(&mask, SIGCHLD);
        ::pselect(0, nullptr, nullptr, nullptr, &span, &mask);
    }

private:
    sigset_t maskBefore_{};
    struct sigaction before_ {};
};

bool isRegularFile(const std::filesystem::path& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

bool writeAll(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

std::string readAll(int descriptor) {
    std::string out;
    std::array<char, 4096> buffer{};
    for (;;) {
        const ssize_t got = ::read(descriptor, buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return out;
        out.append(buffer.data(), static_cast<std::size_t>(got));
    }
}

void keepOpen(std::string_view number) {
    int descriptor = -1;
    std::from_chars(number.data(), number.data() + number.size(), descriptor);
    ::fcntl(descriptor, F_SETFD, 0);
}

// What release() wrote: letters and texts, each ended by NUL. The stamp of the file that is meant, or empty.
std::string obey(std::string_view orders) {
    std::string stamp;
    while (!orders.empty()) {
        const std::size_t end = std::min(orders.find('\0'), orders.size());
        const std::string text(orders.substr(1, end == 0 ? 0 : end - 1));
        const std::size_t equals = text.find('=');
        switch (orders.front()) {
        case setMark:
            ::setenv(text.substr(0, equals).c_str(), text.c_str() + equals + 1, 1);
            break;
        case unsetMark:
            ::unsetenv(text.c_str());
            break;
        case descriptorMark:
            keepOpen(text);
            break;
        case stampMark:
            stamp = text;
            break;
        default:
            break;
        }
        orders.remove_prefix(std::min(end + 1, orders.size()));
    }
    return stamp;
}

void complain(const std::filesystem::path& program, int code) {
    const std::string line =
        "keybearer: cannot start " + displaySafe(program.string(), 500) + ": " + std::strerror(code) + "\n";
    static_cast<void>(writeAll(STDERR_FILENO, line));
}

[[noreturn]] void refuseChanged(const std::filesystem::path& program) {
    static_cast<void>(
        writeAll(STDERR_FILENO, "keybearer: " + displaySafe(program.string(), 500) +
                                    " was changed after it had been looked at; start it again\n"));
    ::_exit(statusNotProgram);
}

} // namespace

Result<std::filesystem::path> findCommand(const std::string& word) {
    const bool named = word.find('/') != std::string::npos;
    std::error_code failed;
    const std::filesystem::path path = named ? std::filesystem::absolute(word, failed) : findInPath(word);
    if (path.empty() || ::access(path.c_str(), F_OK) != 0)
        return failure(ErrorCode::NotFound, "there is no program " + displaySafe(word, 200),
                       named ? "Check the path." : "Check the name and PATH.");
    if (!isRegularFile(path) || ::access(path.c_str(), X_OK) != 0)
        return failure(ErrorCode::PolicyDenied, displaySafe(path.string(), 500) + " is no program",
                       "Name a file that may be executed.");
    return path;
}

class ChildProcess::PassingOn {
public:
    explicit PassingOn(pid_t child) {
        childPid = child;
        struct sigaction action {};
        action.sa_sigaction = passOn;
        action.sa_flags = SA_SIGINFO | SA_RESTART;
        sigfillset(&action.sa_mask);
        for (std::size_t i = 0; i < passedOn.size(); ++i)
            ::sigaction(passedOn[i], &action, &before[i]);
    }
    ~PassingOn() {
        restore();
        childPid = -1;
    }
    static void restore() {
        for (std::size_t i = 0; i < passedOn.size(); ++i)
            ::sigaction(passedOn[i], &before[i], nullptr);
    }
    PassingOn(const PassingOn&) = delete;
    PassingOn& operator=(const PassingOn&) = delete;
};

ChildProcess::ChildProcess() = default;

ChildProcess::~ChildProcess() {
    if (orders_ >= 0)
        ::close(orders_); // it ends without having begun
    if (pid_ > 0)
        ::waitpid(pid_, nullptr, 0);
}

Result<void> ChildProcess::start(const Plan& plan) {
    int ends[2] = {-1, -1};
    if (::pipe(ends) != 0)
        return failure(ErrorCode::InternalError, std::string("cannot make a pipe: ") + std::strerror(errno));
    for (const int end : ends)
        ::fcntl(end, F_SETFD, FD_CLOEXEC);
    const pid_t parent = ::getpid();
    pid_ = ::fork();
    if (pid_ == 0) {
        ::close(ends[1]);
        becomeProgram(plan, ends[0], parent);
    }
    ::close(ends[0]);
    orders_ = ends[1];
    ::signal(SIGCHLD, SIG_DFL); // whoever ignores it, and so taught us to, would keep the exit status from us
    if (pid_ < 0)
        return failure(ErrorCode::InternalError,
                       std::string("cannot start a process: ") + std::strerror(errno));
    return {};
}

void ChildProcess::becomeProgram(const Plan& plan, int orders, pid_t parent) {
#ifdef __linux__
    ::prctl(PR_SET_PDEATHSIG, SIGKILL); // whoever kills us means the program
#endif
    if (childPid > 0)
        PassingOn::restore(); // those of the one that it is to follow
    const std::string told = readAll(orders);
    if (told.empty() || told.front() != goAhead || ::getppid() != parent)
        ::_exit(EXIT_FAILURE);
    const std::string stamp = obey(std::string_view(told).substr(2));
    std::vector<char*> words;
    for (const std::string& word : plan.words)
        words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    // Last of all: what was agreed to is that file as it was, not whatever has its name now.
    if (!stamp.empty() && fileStamp(plan.program) != stamp)
        refuseChanged(plan.program);
    ::execv(plan.program.c_str(), words.data());
    if (errno == ENOEXEC) { // a script without a first line: the shell's, as everywhere
        std::string shell = "sh";
        std::string path = plan.program.string();
        words.front() = path.data();
        words.insert(words.begin(), shell.data());
        ::execv("/bin/sh", words.data());
    }
    const int code = errno;
    complain(plan.program, code);
    ::_exit(code == ENOENT ? statusNotFound : statusNotProgram);
}

Result<void> ChildProcess::release(Variables& variables, const std::vector<std::string>& removed,
                                   int descriptor, const std::string& stamp) {
    std::string orders;
    std::size_t size = 64 + stamp.size();
    for (const auto& [name, value] : variables)
        size += name.size() + value.size() + 3;
    for (const std::string& name : removed)
        size += name.size() + 2;
    orders.reserve(size); // so that growing leaves no copy behind
    orders.append(1, goAhead).append(1, '\0');
    for (const std::string& name : removed)
        orders.append(1, unsetMark).append(name).append(1, '\0');
    for (auto& [name, value] : variables) {
        orders.append(1, setMark).append(name).append("=").append(value).append(1, '\0');
        wipe(value);
    }
    if (descriptor >= 0)
        orders.append(1, descriptorMark).append(std::to_string(descriptor)).append(1, '\0');
    if (!stamp.empty())
        orders.append(1, stampMark).append(stamp).append(1, '\0');
    passing_ = std::make_unique<PassingOn>(pid_);
    const bool written = writeAll(orders_, orders);
    wipe(orders);
    ::close(std::exchange(orders_, -1));
    if (!written)
        return failure(ErrorCode::InternalError, "the program could not be started");
    return {};
}

std::optional<int> ChildProcess::wait(std::optional<WallTime> until) {
    const NoticeOfEnds notice;
    while (!status_) {
        int status = 0;
        const pid_t ended = ::waitpid(pid_, &status, until ? WNOHANG : 0);
        if (ended < 0 && errno != EINTR)
            status_ = EXIT_FAILURE;
        if (ended == pid_)
            status_ = WIFSIGNALED(status) ? statusSignal + WTERMSIG(status) : WEXITSTATUS(status);
        if (status_) {
            pid_ = -1;
            passing_.reset();
            break;
        }
        if (!until)
            continue;
        const auto left = std::min<WallTime::duration>(*until - SystemClock().wall(), longestNap);
        if (left <= WallTime::duration(0))
            return std::nullopt;
        notice.sleep(left);
    }
    return status_;
}

void ChildProcess::end(std::chrono::seconds limit) {
    endWanted = 0;
    if (pid_ > 0)
        ::kill(pid_, SIGTERM);
    if (!wait(SystemClock().wall() + limit) && pid_ > 0) {
        ::kill(pid_, SIGKILL);
        static_cast<void>(wait());
    }
    toldToEnd_ = endWanted != 0;
}

bool ChildProcess::toldToEnd() const {
    return toldToEnd_ || termPassed != 0;
}

} // namespace keybearer
