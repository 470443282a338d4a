#include "app/client/DaemonProcess.h"

#include "broker/base/PrivateFile.h"
#include "broker/base/Text.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

extern char** environ; // NOLINT(readability-redundant-declaration)

namespace keybearer {

namespace {

using Steady = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr int readyDescriptor = 3;        // the first that is not a standard stream
constexpr off_t longestLog = 1 << 20;     // then it becomes broker.log.1
constexpr std::size_t quotedBytes = 4096; // of the log, when the start fails
constexpr std::size_t quotedLines = 6;
constexpr std::size_t quotedCharacters = 400; // a line
constexpr milliseconds reapPause{2};          // between two looks whether the process is gone
constexpr milliseconds stopLimit{2'000};      // from SIGTERM to SIGKILL

int leftUntil(Steady::time_point deadline) {
    const auto left = std::chrono::ceil<milliseconds>(deadline - Steady::now()).count();
    return static_cast<int>(std::clamp<std::int64_t>(left, 0, 3'600'000));
}

int openLog(const std::filesystem::path& state) {
    if (!makePrivateDirectory(state))
        return -1;
    const std::filesystem::path path = state / "broker.log";
    struct stat status {};
    if (::lstat(path.c_str(), &status) == 0 && status.st_size > longestLog)
        ::rename(path.c_str(), (path.string() + ".1").c_str());
    return ::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
}

// Our environment, with what would be read differently from / made absolute, and without our own secret.
std::vector<std::string> daemonEnvironment() {
    std::vector<std::string> out;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view text(*entry);
        const std::size_t equals = text.find('=');
        const std::string_view name = text.substr(0, equals);
        if (equals == std::string_view::npos || name == "KEYBEARER_CLIENT_KEY")
            continue;
        const std::string_view value = text.substr(equals + 1);
        if ((name == "KEYBEARER_HOME" || name == "KEYBEARER_CONFIG" || name == "KEYBEARER_SOCKET") &&
            !value.empty())
            out.push_back(std::string(name) + "=" + std::filesystem::absolute(value).string());
        else
            out.emplace_back(text);
    }
    return out;
}

std::vector<char*> pointersTo(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    pointers.reserve(texts.size() + 1);
    for (std::string& text : texts)
        pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

class SpawnSetup {
public:
    SpawnSetup(int log, int ready) {
        ::posix_spawn_file_actions_init(&actions_);
        ::posix_spawnattr_init(&attributes_);
        ::posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        ::posix_spawn_file_actions_addopen(&actions_, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
        if (log >= 0)
            ::posix_spawn_file_actions_adddup2(&actions_, log, STDERR_FILENO);
        else
            ::posix_spawn_file_actions_addopen(&actions_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
        ::posix_spawn_file_actions_adddup2(&actions_, ready, readyDescriptor);
        short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSID;
#ifdef __APPLE__
        flags |= POSIX_SPAWN_CLOEXEC_DEFAULT;
#else
        // A pipe of whoever called us must not stay open for as long as the broker lives.
        ::posix_spawn_file_actions_addclosefrom_np(&actions_, readyDescriptor + 1);
#endif
        ::posix_spawn_file_actions_addchdir_np(&actions_, "/");
        sigset_t none;
        sigset_t all;
        sigemptyset(&none);
        sigfillset(&all);
        ::posix_spawnattr_setsigmask(&attributes_, &none);
        ::posix_spawnattr_setsigdefault(&attributes_, &all);
        ::posix_spawnattr_setflags(&attributes_, flags);
    }
    ~SpawnSetup() {
        ::posix_spawn_file_actions_destroy(&actions_);
        ::posix_spawnattr_destroy(&attributes_);
    }
    SpawnSetup(const SpawnSetup&) = delete;
    SpawnSetup& operator=(const SpawnSetup&) = delete;
    [[nodiscard]] const posix_spawn_file_actions_t* actions() const {
        return &actions_;
    }
    [[nodiscard]] const posix_spawnattr_t* attributes() const {
        return &attributes_;
    }

private:
    posix_spawn_file_actions_t actions_{};
    posix_spawnattr_t attributes_{};
};

} // namespace

DaemonProcess::~DaemonProcess() {
    if (readyPipe_ >= 0)
        ::close(readyPipe_);
    if (log_ >= 0)
        ::close(log_);
}

Result<void> DaemonProcess::start(const std::filesystem::path& program, const Places& places) {
    log_ = openLog(places.state);
    logStart_ = log_ >= 0 ? std::max<off_t>(::lseek(log_, 0, SEEK_END), 0) : 0;
    int ready[2] = {-1, -1};
    if (::pipe(ready) != 0)
        return failure(ErrorCode::BrokerUnreachable,
                       std::string("cannot make a pipe: ") + std::strerror(errno));
    ::fcntl(ready[0], F_SETFD, FD_CLOEXEC);
    ::fcntl(ready[1], F_SETFD, FD_CLOEXEC);
    readyPipe_ = ready[0];
    std::vector<std::string> arguments{program.string(), "--ready-fd", std::to_string(readyDescriptor)};
    std::vector<std::string> environment = daemonEnvironment();
    const SpawnSetup setup(log_, ready[1]);
    const int code = ::posix_spawn(&pid_, program.c_str(), setup.actions(), setup.attributes(),
                                   pointersTo(arguments).data(), pointersTo(environment).data());
    ::close(ready[1]);
    if (code != 0)
        return failure(ErrorCode::BrokerUnreachable,
                       "cannot start " + program.string() + ": " + std::strerror(code),
                       "Install keybearerd beside keybearer, or start it yourself.");
    return {};
}

DaemonProcess::Outcome DaemonProcess::await(Steady::time_point deadline) {
    std::string said;
    for (;;) {
        pollfd waited{readyPipe_, POLLIN, 0};
        const int ready = ::poll(&waited, 1, leftUntil(deadline));
        if (ready < 0 && errno == EINTR)
            continue;
        if (ready <= 0)
            return Outcome::Silent;
        char buffer[64];
        const ssize_t got = ::read(readyPipe_, buffer, sizeof buffer);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return collect(deadline) ? Outcome::Exited : Outcome::Silent;
        said.append(buffer, static_cast<std::size_t>(got));
        if (said.find("READY=1\n") != std::string::npos)
            return Outcome::Ready;
        if (said.size() > sizeof buffer)
            said.erase(0, said.size() - sizeof buffer);
    }
}

bool DaemonProcess::collect(Steady::time_point deadline) {
    for (;;) {
        int status = 0;
        const pid_t done = ::waitpid(pid_, &status, WNOHANG);
        if (done == pid_) {
            exitStatus_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
            pid_ = -1;
            return true;
        }
        if (done < 0 && errno == ECHILD) { // our own caller ignores SIGCHLD: it is gone, and nobody knows how
            exitStatus_ = 1;
            pid_ = -1;
            return true;
        }
        if (Steady::now() >= deadline)
            return false;
        ::poll(nullptr, 0, static_cast<int>(reapPause.count()));
    }
}

void DaemonProcess::stop() {
    if (pid_ < 0)
        return;
    ::kill(pid_, SIGTERM);
    if (collect(Steady::now() + stopLimit))
        return;
    ::kill(pid_, SIGKILL);
    [[maybe_unused]] const bool gone = collect(Steady::now() + stopLimit);
}

std::string DaemonProcess::lastWords() const {
    if (log_ < 0)
        return {};
    const off_t end = ::lseek(log_, 0, SEEK_END);
    const off_t begin = std::max(logStart_, end - static_cast<off_t>(quotedBytes));
    if (end <= begin)
        return {};
    std::string text(static_cast<std::size_t>(end - begin), '\0');
    const ssize_t got = ::pread(log_, text.data(), text.size(), begin);
    text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t stop = std::min(text.find('\n', at), text.size());
        if (stop > at)
            lines.push_back(displaySafe(std::string_view(text).substr(at, stop - at), quotedCharacters));
        at = stop + 1;
    }
    if (lines.size() > quotedLines)
        lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(quotedLines));
    return join(lines, "\n");
}

} // namespace keybearer
