#pragma once

#include "broker/platform/PeerProcess.h"
#include "broker/platform/linux/ProcLook.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace keybearer {

// What the kernel hides of one process and of its parents (ProcLook.h), seen in one turn of the starter.
struct ProgramLook {
    ProgramMark mark;    // of the program that was there before anything else was looked at
    bool steady = false; // and was there afterwards: all that follows is of one program
    ProcLook executable;
    std::string directory;
    std::string users;     // namespaces
    std::string processes; // the same
    std::string label;     // of AppArmor; empty where there is none
    std::optional<std::string> commandLine;
    std::optional<std::string> environment; // its first bytes
    int maps = -1;                          // opened: of the memory that this program has. The caller's
    std::vector<std::string> parents;       // what each of them runs
};

[[nodiscard]] ProgramLook lookAtProgram(std::int64_t pid, const std::vector<std::int64_t>& parents);

// Text of the file by which a Flatpak knows itself. `steady` as above, about `mark`.
[[nodiscard]] std::string flatpakInfoOf(std::int64_t pid, const ProgramMark& mark, bool& steady);

[[nodiscard]] ProgramMark markIn(const ProcLook& stat); // of who has looked at ProcEntry::Stat

} // namespace keybearer
