#include "app/cli/LocalChecks.h"

#include "app/client/ProgramPath.h"
#include "broker/base/Text.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ; // NOLINT(readability-redundant-declaration)

namespace keybearer {

namespace {

using Level = Finding::Level;
using Steady = std::chrono::steady_clock;

constexpr std::chrono::seconds configLimit{10}; // reading a file takes milliseconds
constexpr std::size_t longestSpeech = 4096;     // of what it says about the file

struct Spoken {
    int status = -1; // -1: it did not start or did not end
    std::string text;
};

// Reads until the end, the deadline, or the cap.
std::string readUntil(int descriptor, Steady::time_point deadline) {
    std::string text;
    while (text.size() < longestSpeech) {
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

// Runs a program of ours and listens to its standard error.
Spoken hear(const std::filesystem::path& program, const char* option) {
    int ends[2] = {-1, -1};
    if (::pipe(ends) != 0)
        return {};
    ::fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    ::fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
    std::string name = program.string();
    std::string word = option;
    std::array<char*, 3> arguments{name.data(), word.data(), nullptr};
    pid_t process = -1;
    const int code = ::posix_spawn(&process, program.c_str(), &actions, nullptr, arguments.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    Spoken spoken;
    if (code == 0) {
        const Steady::time_point deadline = Steady::now() + configLimit;
        spoken.text = readUntil(ends[0], deadline);
        spoken.status = statusOf(process, deadline);
    }
    ::close(ends[0]);
    return spoken;
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

} // namespace

std::optional<std::string> environmentVariable(const char* name) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0')
        return std::nullopt;
    return std::string(value);
}

Finding checkPlaces(const Environment& environment) {
    if (const auto own = environment("KEYBEARER_HOME"))
        return {Level::Good, "places", "everything lies below KEYBEARER_HOME, " + displaySafe(*own), ""};
    if (!environment("HOME"))
        return {Level::Error, "places", "HOME is not set",
                "Set HOME, or KEYBEARER_HOME to a directory of yours."};
    for (const char* name : {"XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"}) {
        const auto value = environment(name);
        if (value && !std::filesystem::path(*value).is_absolute())
            return {Level::Warning, "places",
                    std::string(name) + " is not an absolute path and is passed over",
                    "Set " + std::string(name) + " to an absolute path."};
    }
    if (!environment("XDG_RUNTIME_DIR"))
        return {Level::Warning, "places",
                "XDG_RUNTIME_DIR is not set; the socket lies in the state directory",
                "Log in through PAM (loginctl shows whether), or leave it so."};
    return {Level::Good, "places", "HOME and the XDG directories are set", ""};
}

Finding checkPrivateDirectory(std::string name, std::string_view what, const std::filesystem::path& path) {
    const std::string shown = displaySafe(path.string());
    const std::string subject = "the " + std::string(what) + " " + shown;
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0) {
        if (errno == ENOENT)
            return {Level::Good, std::move(name), subject + " does not exist yet; it will be made", ""};
        return {Level::Error, std::move(name), subject + " cannot be looked at: " + std::strerror(errno),
                "Correct the rights of the directories above it."};
    }
    if (!S_ISDIR(status.st_mode))
        return {Level::Error, std::move(name), subject + " is not a directory",
                "Remove it, or move it away."};
    if (status.st_uid != ::geteuid())
        return {Level::Error, std::move(name), subject + " belongs to another user",
                "Give it back with: sudo chown \"$USER\" " + shown};
    if ((status.st_mode & 077) != 0)
        return {Level::Warning, std::move(name), subject + " is open to others",
                "Close it with: chmod 700 " + shown};
    return {Level::Good, std::move(name), subject + " is yours alone", ""};
}

Finding checkConfig(const Places& places, const std::filesystem::path& daemon) {
    const std::string shown = displaySafe(places.config.string());
    if (daemon.empty())
        return {Level::Error, "keybearerd", "there is no keybearerd beside keybearer or in PATH",
                "Install keybearerd beside keybearer."};
    const Spoken spoken = hear(daemon, "--check-config");
    if (spoken.status == 0) {
        struct stat status {};
        const bool there = ::stat(places.config.c_str(), &status) == 0;
        return {Level::Good, "config",
                there ? "the configuration " + shown + " can be read"
                      : "there is no configuration " + shown + "; the defaults hold",
                ""};
    }
    const std::string said = safeLine(spoken.text);
    return {Level::Error, "config",
            spoken.status < 0
                ? "keybearerd did not check the configuration" + (said.empty() ? "" : ": " + said)
                : "the configuration is wrong: " + (said.empty() ? shown : said),
            "Correct " + shown + "; the message says where."};
}

Finding checkSessionBus(const Environment& environment) {
    if (environment("DBUS_SESSION_BUS_ADDRESS"))
        return {Level::Good, "session_bus", "there is a D-Bus session bus", ""};
    struct stat status {};
    const auto runtime = environment("XDG_RUNTIME_DIR");
    if (runtime && ::stat((*runtime + "/bus").c_str(), &status) == 0 && S_ISSOCK(status.st_mode))
        return {Level::Good, "session_bus", "there is a D-Bus session bus", ""};
    return {Level::Warning, "session_bus", "there is no D-Bus session bus, so the keychain cannot be reached",
            "Start the command in a desktop session or under dbus-run-session, or choose store: {backend: "
            "file}."};
}

Finding checkKeyring(const Environment& environment) {
    const std::string directories =
        environment("XDG_DATA_HOME").value_or(environment("HOME").value_or("") + "/.local/share") + ":" +
        environment("XDG_DATA_DIRS").value_or("/usr/local/share:/usr/share");
    std::string_view rest = directories;
    while (!rest.empty()) {
        const std::size_t colon = rest.find(':');
        const std::filesystem::path services =
            std::filesystem::path(rest.substr(0, colon)) / "dbus-1" / "services";
        for (const char* name : {"org.freedesktop.secrets.service", "org.kde.kwalletd5.service",
                                 "org.kde.kwalletd6.service", "org.kde.secretservicecompat.service"}) {
            struct stat status {};
            if (::stat((services / name).c_str(), &status) == 0)
                return {Level::Good, "keyring", "a keychain service is installed", ""};
        }
        rest.remove_prefix(colon == std::string_view::npos ? rest.size() : colon + 1);
    }
    return {Level::Warning, "keyring", "no keychain service is installed (gnome-keyring, KWallet, KeePassXC)",
            "Install gnome-keyring, or choose store: {backend: file} in the configuration."};
}

Finding checkBrowser(const Environment& environment) {
    if (environment("BROWSER"))
        return {Level::Good, "browser", "BROWSER says how to open a browser", ""};
    if (!environment("DISPLAY") && !environment("WAYLAND_DISPLAY"))
        return {Level::Good, "browser", "there is no display; sign in with: keybearer login PROVIDER --paste",
                ""};
    if (findInPath("xdg-open").empty())
        return {Level::Warning, "browser", "there is no xdg-open to open a browser with",
                "Install xdg-utils, or set BROWSER."};
    return {Level::Good, "browser", "xdg-open opens the browser", ""};
}

} // namespace keybearer
