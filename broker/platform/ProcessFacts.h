#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace keybearer {

// One state of one file: another content shows another one, as far as the file system tells the truth.
struct FileMark {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::uint64_t size = 0;
    std::int64_t modified = 0; // nanoseconds since the epoch
    std::int64_t changed = 0;  // of the inode; no program can set it
    [[nodiscard]] auto operator<=>(const FileMark&) const = default;
};

// One step of the chain of parents.
struct ProcessStep {
    std::int64_t pid = 0;
    std::uint64_t startTime = 0;
    std::string executable; // empty if unreadable
};

// Everything that the system shows about a process. Labels, not proofs: a program of the same user can make
// itself look like another one, and what is worth how much stands in SECURITY.md. What cannot be read stays
// empty.
struct ProcessFacts {
    std::uint64_t startTime = 0; // 0: there is no such process
    std::int64_t parentPid = 0;
    std::string executable; // absolute path; empty if unreadable
    FileMark executableFile;
    bool deleted = false;     // the file is gone or another one has its name
    bool inMemory = false;    // it never had a file (memfd)
    bool systemOwned = false; // only the system's administrator can replace it
    bool interpreter = false;
    std::string script; // what an interpreter runs, absolute
    FileMark scriptFile;
    std::string workingDirectory;
    std::vector<ProcessStep> ancestors; // nearest first, up to the first process of the session
    std::string terminal;               // "pts/3"
    std::string unit;                   // systemd's
    std::string sandbox;                // "flatpak:NAME", "snap:NAME"
    std::string signer;                 // macOS, Windows
    bool otherNamespace = false;        // of users or of processes: a container
    bool relay = false;                 // speaks for whoever is at the other end of a network connection
    bool foreignCode = false; // runs code beside its own that its user can replace, or speaks for others
    std::vector<std::string> remarks; // what weakens all this, one sentence each, for people; display-safe
};

// About thirty system calls on Linux for a program started from a shell. The process may end or change
// meanwhile: who needs to be sure holds it with a ProcessPin and compares marks afterwards. Any thread.
[[nodiscard]] ProcessFacts measureProcess(std::int64_t pid);

// The very file that the process runs, whatever has its name now; -1 if it cannot be opened. The caller's.
[[nodiscard]] int openExecutable(std::int64_t pid);
[[nodiscard]] int openForReading(const std::string& path); // never waits, as a pipe would make it
[[nodiscard]] FileMark fileMark(int fd);                   // size 0 and inode 0 if it is no regular file

} // namespace keybearer
