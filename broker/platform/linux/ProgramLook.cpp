#include "broker/platform/linux/ProgramLook.h"

#include "broker/platform/linux/Preloading.h"
#include "broker/platform/linux/ProcText.h"

#include <algorithm>
#include <cerrno>
#include <unistd.h>
#include <utility>

namespace keybearer {

namespace {

constexpr std::size_t flatpakLimit = std::size_t{16} * 1024; // what Flatpak writes has about 1 KiB

bool hasLabels() {
    static const bool has = ::access("/sys/kernel/security/apparmor", F_OK) == 0;
    return has;
}

// A starter of an older broker, which did not know these, says so.
bool isUnknown(const ProcLook& look) {
    return look.code == EINVAL;
}

std::optional<std::string> textOf(ProcLook& look) {
    return look.code == 0 ? std::optional(std::move(look.text)) : std::nullopt;
}

// Its name alone: which file that is now, nobody asks of a parent.
void nameParents(ProgramLook& out, const std::vector<std::int64_t>& parents, std::vector<ProcLook> seen) {
    for (std::size_t i = 0; i < parents.size(); ++i) {
        const bool known = i < seen.size() && !isUnknown(seen[i]);
        out.parents.push_back(known ? pathOf(std::move(seen[i])) : executablePath(parents[i]));
    }
}

} // namespace

ProgramMark markIn(const ProcLook& look) {
    const ProcStat stat = parseProcStat(look.text);
    ProgramMark mark;
    mark.startTime = stat.startTime;
    mark.stack = stat.stack;
    if (look.file) {
        mark.device = look.file->device;
        mark.inode = look.file->inode;
    }
    return mark;
}

// The command line and the label are hidden from nobody, but they too must be this program's.
ProgramLook lookAtProgram(std::int64_t pid, const std::vector<std::int64_t>& parents) {
    std::vector<ProcQuestion> questions;
    for (const ProcEntry entry :
         {ProcEntry::Stat, ProcEntry::Directory, ProcEntry::Executable, ProcEntry::UserNamespace,
          ProcEntry::ProcessNamespace, ProcEntry::Environment, ProcEntry::Memory, ProcEntry::CommandLine})
        questions.push_back({pid, entry});
    if (hasLabels())
        questions.push_back({pid, ProcEntry::Label});
    questions.push_back({pid, ProcEntry::Stat});
    const std::size_t own = questions.size();
    for (std::size_t i = 0; i < std::min(parents.size(), mostQuestions - own); ++i)
        questions.push_back({parents[i], ProcEntry::ExecutableName});
    std::vector<ProcLook> seen = lookAtProcesses(questions);

    ProgramLook out;
    out.mark = markIn(seen.front());
    out.steady = markIn(seen[own - 1]) == out.mark;
    out.directory = std::move(seen[1].text);
    out.executable = std::move(seen[2]);
    out.users = std::move(seen[3].text);
    out.processes = std::move(seen[4].text);
    out.environment = readOpened(seen[5].fd, environmentLimit);
    out.maps = seen[6].fd;
    if (isUnknown(seen[7])) {
        out.commandLine = readProcFile(procPath(pid, "cmdline"), commandLineLimit);
        out.label = readProcFile(procPath(pid, "attr/current"), labelLimit).value_or("");
        out.steady = out.steady && markOf(pid) == out.mark;
    } else {
        out.commandLine = textOf(seen[7]);
        out.label = hasLabels() ? textOf(seen[8]).value_or("") : std::string();
    }
    nameParents(out, parents,
                {std::make_move_iterator(seen.begin() + static_cast<std::ptrdiff_t>(own)),
                 std::make_move_iterator(seen.end())});
    return out;
}

std::string flatpakInfoOf(std::int64_t pid, const ProgramMark& mark, bool& steady) {
    const std::vector<ProcLook> seen =
        lookAtProcesses({{pid, ProcEntry::FlatpakInfo}, {pid, ProcEntry::Stat}});
    steady = steady && markIn(seen[1]) == mark;
    return readOpened(seen[0].fd, flatpakLimit).value_or("");
}

} // namespace keybearer
