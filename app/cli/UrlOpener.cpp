#include "app/cli/UrlOpener.h"

#include "app/client/ProgramPath.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ; // NOLINT(readability-redundant-declaration)

namespace keybearer {

namespace {

using Steady = std::chrono::steady_clock;

constexpr std::chrono::milliseconds failureLimit{1'500}; // a browser that has not failed by then is running
constexpr int reapPauseMilliseconds = 10;

// Without our client key: a browser has no business with it.
std::vector<char*> browserEnvironment() {
    std::vector<char*> out;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        if (std::strncmp(*entry, "KEYBEARER_CLIENT_KEY=", 21) != 0)
            out.push_back(*entry);
    }
    out.push_back(nullptr);
    return out;
}

// 0 if it ended well or still runs after a while, otherwise its exit status.
int statusAfterAWhile(pid_t process) {
    const Steady::time_point deadline = Steady::now() + failureLimit;
    for (;;) {
        int status = 0;
        const pid_t done = ::waitpid(process, &status, WNOHANG);
        if (done == process)
            return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
        if ((done < 0 && errno != EINTR) || Steady::now() >= deadline)
            return 0;
        ::poll(nullptr, 0, reapPauseMilliseconds);
    }
}

bool runs(std::vector<std::string> command) {
    std::filesystem::path program(command.front());
    if (program.string().find('/') == std::string::npos)
        program = findInPath(command.front());
    if (program.empty())
        return false;
    std::vector<char*> arguments;
    for (std::string& word : command)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_t attributes;
    ::posix_spawnattr_init(&attributes);
#ifndef __APPLE__
    ::posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
#endif
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID); // Ctrl-C here must not end the browser
    pid_t process = -1;
    const int code = ::posix_spawn(&process, program.c_str(), &actions, &attributes, arguments.data(),
                                   browserEnvironment().data());
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&actions);
    return code == 0 && statusAfterAWhile(process) == 0;
}

} // namespace

Result<void> openInBrowser(const std::string& url) {
    if (!isOpenable(url))
        return failure(ErrorCode::ProviderError, "the sign-in address is no web address and was not opened",
                       "Check the endpoints of the provider in config.yaml.");
    const auto commands = browserCommands(surroundingsFromEnvironment(), url);
    if (std::any_of(commands.begin(), commands.end(), [](const auto& command) { return runs(command); }))
        return {};
    return failure(ErrorCode::NotFound, "no browser could be opened from here",
                   "Open the address by hand. Where the browser is on another machine, use --paste.");
}

} // namespace keybearer
