#pragma once

#include <filesystem>
#include <vector>

namespace keybearer {

// What a process still may once it has given the rest away. To read files stays free; what lets it look into
// other processes, become somebody else or change the system is always taken (docs/threat-model.md).
struct Confinement {
    std::vector<std::filesystem::path> writable;   // directories, with all below, and single files
    std::vector<std::filesystem::path> executable; // the same; nothing else becomes a program
    bool startsPrograms = false;                   // execve(2) at all
    bool callsPrograms = false;                    // sockets of AF_UNIX
};

// What this system could do of it.
struct Confined {
    bool files = false; // Landlock
    bool calls = false; // seccomp
};

// Cannot be taken back, and every process that is started from here on inherits it. Call once, while there is
// one thread, with PR_SET_NO_NEW_PRIVS on. A place that does not exist is left out.
[[nodiscard]] Confined confine(const Confinement& plan);

// The loader that the kernel maps beside this program; empty if it needs none.
[[nodiscard]] std::filesystem::path ownLoader();

} // namespace keybearer
