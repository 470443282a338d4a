#include "app/cli/LocalChecks.h"

#include "app/cli/ChildSpeech.h"
#include "app/client/ProgramPath.h"
#include "broker/base/Text.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace keybearer {

namespace {

using Level = Finding::Level;
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

Result<void> closePrivateDirectory(const std::filesystem::path& path) {
    const std::string shown = displaySafe(path.string());
    const int directory = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (directory < 0)
        return failure(errno == ENOENT ? ErrorCode::NotFound : ErrorCode::InvalidRequest,
                       shown + " cannot be opened as a directory: " + std::strerror(errno),
                       "Look at it with: ls -ld " + shown);
    struct stat status {};
    const bool isOurs = ::fstat(directory, &status) == 0 && status.st_uid == ::geteuid();
    const bool closed = isOurs && ::fchmod(directory, S_IRWXU) == 0;
    const int problem = errno;
    ::close(directory);
    if (!isOurs)
        return failure(ErrorCode::InvalidRequest, shown + " belongs to another user",
                       "Give it back with: sudo chown \"$USER\" " + shown);
    if (!closed)
        return failure(ErrorCode::InvalidRequest,
                       shown + " cannot be closed to others: " + std::strerror(problem),
                       "Close it with: chmod 700 " + shown);
    return {};
}

Finding checkConfig(const Places& places, const std::filesystem::path& daemon) {
    const std::string shown = displaySafe(places.config.string());
    if (daemon.empty())
        return {Level::Error, "keybearerd", "there is no keybearerd beside keybearer or in PATH",
                "Install keybearerd beside keybearer."};
    const Spoken spoken = hear(daemon, {"--check-config"});
    if (spoken.status == 0) {
        struct stat status {};
        const bool there = ::stat(places.config.c_str(), &status) == 0;
        return {Level::Good, "config",
                there ? "the configuration " + shown + " can be read"
                      : "there is no configuration " + shown + "; the defaults hold",
                ""};
    }
    const std::string& said = spoken.text;
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
