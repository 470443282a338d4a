#pragma once

#include "broker/platform/linux/ProcLook.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What Linux writes about a process under /proc, and the readers of it. Parts of these texts are chosen by
// the process itself (its name, its paths, its environment): the readers never fail, they find less. Pure
// functions, but for those that begin with `read`.
namespace keybearer {

// proc(5), /proc/PID/stat.
struct ProcStat {
    char state = 0; // 0: there is no such process
    std::int64_t parentPid = 0;
    std::int64_t session = 0;
    std::int64_t terminal = 0;   // device number of the controlling terminal; 0: none
    std::uint64_t startTime = 0; // clock ticks since boot
    std::uint64_t stack = 0;     // where the stack began; 0 if we may not know
};
[[nodiscard]] ProcStat parseProcStat(std::string_view text);
[[nodiscard]] ProcStat readProcStat(std::int64_t pid);
[[nodiscard]] std::string readProcStatText(std::int64_t pid); // empty: there is no such process

// "pts/3", "tty1", or empty.
[[nodiscard]] std::string terminalName(std::int64_t device);

// /proc/PID/cgroup: the innermost systemd unit or scope, unescaped; empty if there is none.
[[nodiscard]] std::string unitIn(std::string_view cgroup);

// /proc/PID/root/.flatpak-info: the application's name if the text is what Flatpak writes.
[[nodiscard]] std::string flatpakNameIn(std::string_view keyFile);

// AppArmor's label of a Snap application, "snap.NAME.APP (enforce)": NAME; empty for every other label, and
// for one that is not enforced.
[[nodiscard]] std::string snapNameIn(std::string_view label);

// /proc/PID/maps: files mapped executable, each once, in order, at most mostMappedFiles of them. `deleted`:
// it is no longer there under its name.
inline constexpr std::size_t mostMappedFiles = 512; // libraries; a browser has about 200
struct MappedFile {
    std::string path;
    bool deleted = false;
    [[nodiscard]] bool operator==(const MappedFile&) const = default;
};
[[nodiscard]] std::vector<MappedFile> executableFilesIn(std::string_view maps);

// /proc/PID/environ: the value of a variable.
[[nodiscard]] std::optional<std::string> variableIn(std::string_view environment, std::string_view name);

// Of /proc/PID/cmdline, as much as is read; the script stands near the front.
inline constexpr std::size_t commandLineLimit = std::size_t{64} * 1024;
inline constexpr std::size_t labelLimit = 1024; // of /proc/PID/attr/current
// Words ended by NUL; an unfinished last one was cut off and is left out.
[[nodiscard]] std::vector<std::string> wordsIn(std::string_view commandLine);

// "/proc/PID/what".
[[nodiscard]] std::string procPath(std::int64_t pid, const char* what);
// At most `limit` bytes; nothing if it cannot be opened.
[[nodiscard]] std::optional<std::string> readProcFile(const std::string& path, std::size_t limit);
// The same of an open file, which is closed; -1 is one that could not be opened.
[[nodiscard]] std::optional<std::string> readOpened(int fd, std::size_t limit);
// What /proc/PID/exe points to, without the mark of a file that is gone.
[[nodiscard]] std::string executablePath(std::int64_t pid);
[[nodiscard]] std::string pathOf(ProcLook look); // of who has looked at ProcEntry::Executable already
// Whether that link ends as one does whose file is gone; a file may also really be called that.
[[nodiscard]] bool mayBeGone(std::string_view executable);
[[nodiscard]] std::string readLinkTarget(const std::string& link); // empty if unreadable

} // namespace keybearer
