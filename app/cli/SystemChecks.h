#pragma once

#include "app/cli/LocalChecks.h"

// What keybearer doctor finds out about disk, lock and service manager. Each check looks and changes nothing.
namespace keybearer {

// Whether the state can be written: read-only, quota, rights.
[[nodiscard]] Finding checkWritable(const std::filesystem::path& state);
// Whether there is room where the state lies.
[[nodiscard]] Finding checkDiskSpace(const std::filesystem::path& state);
struct DiskRoom {
    std::uint64_t bytes = 0;
    std::uint64_t files = 0;
};
[[nodiscard]] Finding judgeDiskSpace(const DiskRoom& room, const std::string& where);
// `answers`: a broker answered at the socket.
[[nodiscard]] Finding checkLock(const Places& places, bool answers);

// What the system's service manager has been told of the broker, as far as files show it.
struct AutostartState {
    enum class Manager { None, Waits, Listens }; // is there one, and does it hold our socket?
    bool enabled = false;
    Manager manager = Manager::None;
    std::filesystem::path unit; // of the service; empty: nowhere
    std::string program;        // that it starts
    bool tray = false;          // starts with the desktop
};
[[nodiscard]] AutostartState autostartState(const Environment& environment);
// The program of the units that a package has installed; empty: there are none.
[[nodiscard]] std::string packagedUnitProgram(const Environment& environment);
[[nodiscard]] Finding checkAutostart(const AutostartState& state, const std::filesystem::path& daemon);

} // namespace keybearer
