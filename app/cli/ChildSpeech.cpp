#include "app/cli/ChildSpeech.h"

#include "broker/base/Text.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ; // NOLINT(readability-redundant-declaration)

namespace keybearer {

namespace {

using Steady = std::chrono::steady_clock;

constexpr std::chrono::seconds patience{10}; // reading a configuration takes milliseconds
constexpr std::size_t longestSpeech = 4096;  // of what it says
constexpr std::size_t longestAnswer = std::size_t{4}
                                      << 20; // a whole configuration, each setting with words around it

// Reads until the end, the deadline, or the cap.
std::string readUntil(int descriptor, std::size_t limit, Steady::time_point deadline) {
    std::string text;
    while (text.size() < limit) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Steady::now()).count();
        pollfd waited{descriptor, POLLIN, 0};
        if (left <= 0 || ::poll(&waited, 1, static_cast<int>(left)) <= 0)
            break;
        std::array<char, 1024> buffer{};
        const ssize_t got = ::read(descriptor, buffer.data(), buffer.size());
        if (got <= 0)
            break;
        text.append(buffer.data(), static_cast<std::size_t>(got));
    }
    return text;
}

int statusOf(pid_t process, Steady::time_point deadline) {
    int status = 0;
    for (;;) {
        const pid_t done = ::waitpid(process, &status, WNOHANG);
        if (done == process)
            return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        if (done < 0 && errno != EINTR)
            return -1;
        if (Steady::now() >= deadline)
            break;
        ::poll(nullptr, 0, 2);
    }
    ::kill(process, SIGKILL);
    ::waitpid(process, &status, 0);
    return -1;
}

std::string safeLine(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::string line = displaySafe(text.substr(0, end), 400);
        out += (out.empty() || line.empty() ? "" : "; ") + line;
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return out;
}

// Runs it with a pipe at `descriptor`, and nothing at its other ends.
Spoken listen(const std::filesystem::path& program, const std::vector<std::string>& options, int descriptor,
              std::size_t limit) {
    int ends[2] = {-1, -1};
    if (::pipe(ends) != 0)
        return {};
    ::fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    ::fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    for (const int end : {STDOUT_FILENO, STDERR_FILENO}) {
        if (end == descriptor)
            ::posix_spawn_file_actions_adddup2(&actions, ends[1], end);
        else
            ::posix_spawn_file_actions_addopen(&actions, end, "/dev/null", O_WRONLY, 0);
    }
    std::vector<std::string> words{program.string()};
    words.insert(words.end(), options.begin(), options.end());
    std::vector<char*> arguments;
    arguments.reserve(words.size() + 1);
    for (std::string& word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_t process = -1;
    const int code = ::posix_spawn(&process, program.c_str(), &actions, nullptr, arguments.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    Spoken spoken;
    if (code == 0) {
        const Steady::time_point deadline = Steady::now() + patience;
        spoken.text = readUntil(ends[0], limit, deadline);
        spoken.status = statusOf(process, deadline);
    }
    ::close(ends[0]);
    return spoken;
}

} // namespace

Spoken hear(const std::filesystem::path& program, const std::vector<std::string>& options) {
    Spoken spoken = listen(program, options, STDERR_FILENO, longestSpeech);
    spoken.text = safeLine(spoken.text);
    return spoken;
}

Spoken answerOf(const std::filesystem::path& program, const std::vector<std::string>& options) {
    return listen(program, options, STDOUT_FILENO, longestAnswer);
}

} // namespace keybearer
