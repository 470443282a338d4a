#pragma once

#include "broker/base/Result.h"
#include "broker/protocol/Endpoint.h"

#include <filesystem>
#include <string>
#include <vector>

// How the system is told to start the broker for this user: which files, which commands. Pure functions, the
// same on every system, so that each of them is tested everywhere; AutostartVerb carries out the one of its
// system.
namespace keybearer {

enum class AutostartKind {
    Systemd,  // user units with socket activation
    Launchd,  // a LaunchAgent with socket activation
    LogonTask // of the Windows task scheduler
};
[[nodiscard]] AutostartKind autostartKindHere();

struct AutostartPlan {
    struct File {
        std::filesystem::path path;
        std::string content;
    };
    std::vector<File> files;                       // to be written by enable, removed by disable
    std::vector<std::vector<std::string>> enable;  // after the files are there
    std::vector<std::vector<std::string>> disable; // before the files go
};

struct AutostartPlace {
    std::filesystem::path daemon; // absolute
    std::filesystem::path config; // the user's: ~/.config, ~/Library
    std::filesystem::path socket;
    std::string user;
    bool unitsInstalled = false; // a package has put the units where systemd looks, for the same daemon
};
[[nodiscard]] AutostartPlan autostartPlan(AutostartKind kind, const AutostartPlace& place);

// ExecStart= of a unit's text; empty if it has none.
[[nodiscard]] std::string programOfUnit(std::string_view text);

} // namespace keybearer
