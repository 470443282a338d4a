#include "app/client/ServiceManager.h"

#include "app/client/ProgramPath.h"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <string>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ; // NOLINT(readability-redundant-declaration)

namespace keybearer {

namespace {

using Steady = std::chrono::steady_clock;

constexpr std::chrono::seconds patience{5}; // for systemctl, which asks over a local socket
constexpr int lookPause = 5;                // milliseconds

std::string variable(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
}

bool isThere(const std::string& path) {
    struct stat status {};
    return ::lstat(path.c_str(), &status) == 0;
}

// A broker at another place is not the system's.
bool isOurs() {
    const std::string runtime = variable("XDG_RUNTIME_DIR");
    if (!variable("KEYBEARER_HOME").empty() || !variable("KEYBEARER_SOCKET").empty() || runtime.empty() ||
        !isThere(runtime + "/systemd/private"))
        return false;
    const std::string config =
        variable("XDG_CONFIG_HOME").empty() ? variable("HOME") + "/.config" : variable("XDG_CONFIG_HOME");
    const std::string link = "/systemd/user/sockets.target.wants/keybearer.socket";
    return isThere(config + link) || isThere("/etc" + link);
}

bool endsWell(pid_t process) {
    const Steady::time_point deadline = Steady::now() + patience;
    for (;;) {
        int status = 0;
        const pid_t done = ::waitpid(process, &status, WNOHANG);
        if (done == process)
            return WIFEXITED(status) && WEXITSTATUS(status) == 0;
        if (done < 0 && errno != EINTR)
            return false;
        if (Steady::now() >= deadline)
            break;
        ::poll(nullptr, 0, lookPause);
    }
    ::kill(process, SIGKILL);
    ::waitpid(process, nullptr, 0);
    return false;
}

} // namespace

bool askServiceManager() {
    const std::filesystem::path program = isOurs() ? findInPath("systemctl") : std::filesystem::path();
    if (program.empty())
        return false;
    std::string words[] = {"systemctl", "--user", "--no-ask-password", "start", "keybearer.socket"};
    char* pointers[] = {words[0].data(), words[1].data(), words[2].data(),
                        words[3].data(), words[4].data(), nullptr};
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        ::posix_spawn_file_actions_addopen(&actions, fd, "/dev/null", O_RDWR, 0);
    pid_t process = -1;
    const int code = ::posix_spawn(&process, program.c_str(), &actions, nullptr, pointers, environ);
    ::posix_spawn_file_actions_destroy(&actions);
    return code == 0 && endsWell(process);
}

} // namespace keybearer
