#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace keybearer {

// What the kernel shows of a process only to those who could trace it (ptrace(2), PTRACE_MODE_READ), and so
// to nobody who has confined itself with Landlock: the starter looks at it for such a one.
enum class ProcEntry : std::uint32_t {
    Stat = 1,             // the text of stat, and the program's file
    Executable = 2,       // what exe points to, and that file
    ExecutableFile = 3,   // the same, opened
    Directory = 4,        // what cwd points to
    UserNamespace = 5,    // what ns/user points to
    ProcessNamespace = 6, // what ns/pid points to
    Environment = 7,      // environ, opened
    Memory = 8,           // maps, opened
    FlatpakInfo = 9,      // root/.flatpak-info, opened
    // Hidden from nobody, but worth nothing if they are not looked at together with the above.
    CommandLine = 10, // the text of cmdline, its beginning
    Label = 11,       // the text of attr/current
    // What exe points to; the file only if it may be gone.
    ExecutableName = 12,
};

struct ProcFile {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::uint64_t links = 0;
    bool regular = false;
    std::uint64_t size = 0;
    std::int64_t modified = 0; // nanoseconds since the epoch
    std::int64_t changed = 0;
};

struct ProcLook {
    int code = 0;     // errno of what could not be looked at
    std::string text; // empty: unreadable
    std::optional<ProcFile> file;
    int fd = -1; // the caller's
};

struct ProcQuestion {
    std::int64_t pid = 0;
    ProcEntry entry = ProcEntry::Stat;
};

// By this process itself, or through the starter where there is one: then all of them, up to mostQuestions,
// in one turn, which is what takes time there. Answers in the order of the questions. Any thread.
inline constexpr std::size_t mostQuestions = 24;
[[nodiscard]] std::vector<ProcLook> lookAtProcesses(const std::vector<ProcQuestion>& questions);
[[nodiscard]] ProcLook lookAtProcess(std::int64_t pid, ProcEntry entry);
[[nodiscard]] ProcLook lookDirectly(std::int64_t pid, ProcEntry entry);

// The process of this user that has the socket open; 0: none is seen.
[[nodiscard]] std::int64_t holderOfSocket(std::uint64_t inode);
[[nodiscard]] bool holdsSocket(std::int64_t pid, std::uint64_t inode);
[[nodiscard]] std::int64_t holderDirectly(std::uint64_t inode);

} // namespace keybearer
