#include "app/cli/SystemChecks.h"

#include "app/cli/AutostartPlan.h"
#include "app/client/BrokerLock.h"
#include "broker/base/PrivateFile.h"
#include "broker/base/Text.h"

#include <cerrno>
#include <cstring>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace keybearer {

namespace {

using Level = Finding::Level;

constexpr std::uint64_t enough = std::uint64_t{64} << 20U; // a year of audit rows
constexpr std::uint64_t least = std::uint64_t{4} << 20U;   // a database that grows by one page needs less
constexpr std::uint64_t leastFiles = 16;
constexpr std::size_t longestUnit = 65536;
constexpr const char* makeRoom = "Make room there: df -h shows how much is left.";

// The directory, or the nearest above it that is there.
std::filesystem::path nearestThere(std::filesystem::path path) {
    std::error_code failed;
    while (!path.empty() && path != path.root_path() && !std::filesystem::exists(path, failed))
        path = path.parent_path();
    return path;
}

std::string textOf(const std::filesystem::path& file) {
    return readFile(file, longestUnit).value_or(std::string());
}

std::filesystem::path configHome(const Environment& environment) {
    return environment("XDG_CONFIG_HOME").value_or(environment("HOME").value_or("") + "/.config");
}

// In the order in which systemd looks.
std::vector<std::filesystem::path> packagedUnits(const Environment& environment) {
    std::vector<std::filesystem::path> out;
    if (const auto root = environment("KEYBEARER_UNIT_PATH")) { // where a test has put them
        out.emplace_back(*root);
        return out;
    }
    const std::string own =
        environment("XDG_DATA_HOME").value_or(environment("HOME").value_or("") + "/.local/share");
    out.emplace_back(std::filesystem::path(own) / "systemd" / "user");
    for (const char* directory :
         {"/etc/systemd/user", "/usr/local/share/systemd/user", "/usr/share/systemd/user",
          "/usr/local/lib/systemd/user", "/usr/lib/systemd/user"})
        out.emplace_back(directory);
    return out;
}

// A unit may be a link to the packaged one, which readFile() would refuse.
std::filesystem::path resolved(const std::filesystem::path& file) {
    std::error_code failed;
    const std::filesystem::path real = std::filesystem::canonical(file, failed);
    return failed ? file : real;
}

bool trayStarts(const Environment& environment) {
    const std::filesystem::path own = configHome(environment) / "autostart" / "keybearer.desktop";
    std::error_code failed; // the person's entry hides that of a package
    const std::string entry =
        textOf(std::filesystem::exists(own, failed) ? own : "/etc/xdg/autostart/keybearer.desktop");
    return !entry.empty() && entry.find("\nHidden=true") == std::string::npos &&
           entry.find("\nX-GNOME-Autostart-enabled=false") == std::string::npos;
}

} // namespace

Finding checkWritable(const std::filesystem::path& state) {
    const std::filesystem::path there = nearestThere(state);
    const std::string shown = displaySafe(there.string());
    struct statvfs system {};
    if (::statvfs(there.c_str(), &system) == 0 && (system.f_flag & ST_RDONLY) != 0)
        return {Level::Error, "state_writable", shown + " is on a read-only file system",
                "Mount it for writing, or choose another place with KEYBEARER_HOME."};
    if (::access(there.c_str(), W_OK | X_OK) != 0)
        return {Level::Error, "state_writable", shown + " cannot be written: " + std::strerror(errno),
                "Correct its rights, or choose another place with KEYBEARER_HOME."};
    return {Level::Good, "state_writable", "the state can be written", ""};
}

Finding judgeDiskSpace(const DiskRoom& room, const std::string& where) {
    if (room.bytes < least || room.files < leastFiles)
        return {Level::Error, "disk_space", "the disk that holds " + where + " is full", makeRoom};
    if (room.bytes < enough)
        return {Level::Warning, "disk_space",
                "there are " + std::to_string(room.bytes >> 20U) + " MiB left on the disk that holds " +
                    where,
                makeRoom};
    return {Level::Good, "disk_space", "there is room on the disk", ""};
}

Finding checkDiskSpace(const std::filesystem::path& state) {
    const std::filesystem::path there = nearestThere(state);
    struct statvfs system {};
    if (::statvfs(there.c_str(), &system) != 0)
        return {Level::Warning, "disk_space",
                "it cannot be told how much room there is: " + std::string(std::strerror(errno)), makeRoom};
    // Some file systems count no files.
    const std::uint64_t files = system.f_files == 0 ? leastFiles : std::uint64_t{system.f_favail};
    return judgeDiskSpace({std::uint64_t{system.f_bavail} * system.f_frsize, files},
                          displaySafe(there.string()));
}

Finding checkLock(const Places& places, bool answers) {
    if (answers || lockState(places.lock()) != LockState::Held)
        return {Level::Good, "broker_lock", "no broker stands in the way of another", ""};
    std::string process = readFile(places.pid(), 32).value_or("");
    process.erase(process.find_last_not_of(" \n") + 1);
    return {
        Level::Error, "broker_lock",
        "a broker holds the lock" + (process.empty() ? "" : " (process " + displaySafe(process, 20) + ")") +
            " and does not answer",
        process.empty() ? "Find it with: fuser " + displaySafe(places.lock().string())
                        : "Look at it with: ps -fp " + displaySafe(process, 20) + "; end it if it hangs."};
}

std::string packagedUnitProgram(const Environment& environment) {
    for (const std::filesystem::path& directory : packagedUnits(environment)) {
        std::error_code failed;
        if (std::filesystem::exists(directory / "keybearer.socket", failed))
            return programOfUnit(textOf(resolved(directory / "keybearer.service")));
    }
    return {};
}

AutostartState autostartState(const Environment& environment) {
    AutostartState state;
    state.tray = trayStarts(environment);
    const std::filesystem::path own = configHome(environment) / "systemd" / "user";
    std::vector<std::filesystem::path> directories{own};
    for (const std::filesystem::path& directory : packagedUnits(environment))
        directories.push_back(directory);
    for (const std::filesystem::path& directory : directories) {
        struct stat status {};
        state.enabled = state.enabled ||
                        ::lstat((directory / "sockets.target.wants/keybearer.socket").c_str(), &status) == 0;
        if (state.unit.empty() && ::lstat((directory / "keybearer.service").c_str(), &status) == 0)
            state.unit = directory / "keybearer.service";
    }
    if (!state.unit.empty())
        state.program = programOfUnit(textOf(resolved(state.unit)));
    const std::string runtime = environment("XDG_RUNTIME_DIR").value_or("");
    struct stat status {};
    if (!runtime.empty() && ::stat((runtime + "/systemd/private").c_str(), &status) == 0)
        state.manager = AutostartState::Manager::Waits;
    if (state.manager != AutostartState::Manager::None && state.enabled &&
        ::stat((runtime + "/systemd/units/invocation:keybearer.socket").c_str(), &status) == 0)
        state.manager = AutostartState::Manager::Listens;
    return state;
}

Finding checkAutostart(const AutostartState& state, const std::filesystem::path& daemon) {
    if (!state.enabled)
        return {Level::Good, "autostart", "the broker is started by the programs that need it", ""};
    const std::string shown = displaySafe(state.program, 512);
    if (state.unit.empty())
        return {Level::Warning, "autostart", "keybearer.socket is enabled, and there is no keybearer.service",
                "Put the units in place with: keybearer autostart enable"};
    if (::access(state.program.c_str(), X_OK) != 0)
        return {Level::Warning, "autostart", "the unit starts " + shown + ", which is no program",
                "Put the units in place with: keybearer autostart enable"};
    std::error_code failed;
    if (!daemon.empty() && !std::filesystem::equivalent(state.program, daemon, failed))
        return {Level::Warning, "autostart",
                "the unit starts " + shown + ", and this command belongs to " +
                    displaySafe(daemon.string(), 512),
                "Put the units in place with: keybearer autostart enable"};
    return {Level::Good, "autostart", "the system starts the broker", ""};
}

} // namespace keybearer
