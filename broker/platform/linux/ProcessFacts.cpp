#include "broker/platform/ProcessFacts.h"

#include "broker/base/Text.h"
#include "broker/platform/InterpreterScript.h"
#include "broker/platform/Measurement.h"
#include "broker/platform/linux/Preloading.h"
#include "broker/platform/linux/ProcLook.h"
#include "broker/platform/linux/ProcText.h"
#include "broker/platform/linux/ProgramLook.h"
#include "broker/platform/unix/SystemOwned.h"

#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace keybearer {

namespace {

constexpr std::size_t cgroupLimit =
    std::size_t{16} * 1024;              // version 1 has a line for each of a dozen hierarchies
constexpr std::size_t longestChain = 16; // parents looked at; shells, a terminal, a session manager

FileMark markOf(const struct stat& status) {
    constexpr std::int64_t second = 1'000'000'000;
    return {status.st_dev, status.st_ino, static_cast<std::uint64_t>(status.st_size),
            status.st_mtim.tv_sec * second + status.st_mtim.tv_nsec,
            status.st_ctim.tv_sec * second + status.st_ctim.tv_nsec};
}

void findExecutable(ProcLook look, ProcessFacts& facts, SystemOwned& owned) {
    if (look.text.empty() || !look.file) {
        facts.remarks.emplace_back("The program does not let itself be looked at.");
        return;
    }
    const ProcFile file = *look.file;
    const std::size_t shown = look.text.size();
    facts.executable = pathOf(std::move(look));
    facts.executableFile = {file.device, file.inode, file.size, file.modified, file.changed};
    facts.inMemory = facts.executable.rfind("/memfd:", 0) == 0;
    facts.deleted = facts.executable.size() < shown;
    struct stat named {};
    const bool sameFile = ::lstat(facts.executable.c_str(), &named) == 0 && named.st_dev == file.device &&
                          named.st_ino == file.inode;
    facts.deleted = facts.deleted || (!facts.inMemory && !sameFile);
    facts.systemOwned = sameFile && owned.file(facts.executable);
    if (facts.inMemory)
        facts.remarks.emplace_back("The program has no file: it was made in memory.");
    else if (facts.deleted)
        facts.remarks.emplace_back("The program's file was deleted or replaced after it had been started.");
}

void findScript(const std::optional<std::string>& commandLine, ProcessFacts& facts) {
    const std::vector<std::string> words = wordsIn(commandLine.value_or(""));
    const bool listed = isInterpreter(facts.executable);
    facts.script =
        listed ? scriptOf(words, facts.workingDirectory) : firstFileOf(words, facts.workingDirectory);
    facts.interpreter = listed || !facts.script.empty();
    if (facts.script.empty()) {
        if (listed)
            facts.remarks.emplace_back("It runs code that does not come from a file.");
        return;
    }
    if (listed && loadsOtherCode(words))
        facts.remarks.emplace_back("Its command line makes it load other code before the script.");
    struct stat status {};
    if (::stat(facts.script.c_str(), &status) == 0)
        facts.scriptFile = markOf(status);
}

bool isOtherNamespace(const std::string& theirs, ProcEntry which) {
    static const std::string users = readLinkTarget("/proc/self/ns/user");
    static const std::string processes = readLinkTarget("/proc/self/ns/pid");
    const std::string& ours = which == ProcEntry::UserNamespace ? users : processes;
    return !theirs.empty() && theirs != ours;
}

// A sandbox has its own processes; what it says about itself counts only if there is one.
void findSandbox(std::int64_t pid, ProgramLook& look, ProcessFacts& facts) {
    const bool otherUsers = isOtherNamespace(look.users, ProcEntry::UserNamespace);
    const bool otherProcesses = isOtherNamespace(look.processes, ProcEntry::ProcessNamespace);
    if (otherProcesses) {
        const std::string name = flatpakNameIn(flatpakInfoOf(pid, look.mark, look.steady));
        if (!name.empty())
            facts.sandbox = "flatpak:" + name;
    }
    if (facts.sandbox.empty()) {
        const std::string name = snapNameIn(look.label);
        if (!name.empty())
            facts.sandbox = "snap:" + name;
    }
    facts.otherNamespace = facts.sandbox.empty() && (otherUsers || otherProcesses);
    if (facts.otherNamespace)
        facts.remarks.emplace_back(
            "It runs in a container, where names and owners of files mean nothing here.");
}

// The process that began the session is the login shell, the terminal's shell or a service. The parent is
// named in any case.
std::vector<std::int64_t> findAncestors(const ProcStat& self, ProcessFacts& facts) {
    std::vector<std::int64_t> found;
    std::uint64_t before = self.startTime;
    std::int64_t next = self.parentPid;
    while (next > 0 && found.size() < longestChain) {
        const ProcStat stat = readProcStat(next);
        if (stat.state == 0 || stat.startTime > before) // the number was given away meanwhile
            break;
        facts.ancestors.push_back({next, stat.startTime, {}});
        found.push_back(next);
        before = stat.startTime;
        next = stat.session == self.session && next != self.session ? stat.parentPid : 0;
    }
    return found;
}

} // namespace

Measurement measureProgram(std::int64_t pid) {
    Measurement out;
    ProcessFacts& facts = out.facts;
    const ProcStat stat = pid > 0 ? readProcStat(pid) : ProcStat();
    if (stat.state == 0)
        return out;
    SystemOwned owned;
    // None of these changes when a process executes something else.
    facts.startTime = stat.startTime;
    facts.parentPid = stat.parentPid;
    facts.terminal = terminalName(stat.terminal);
    facts.unit = unitIn(readProcFile(procPath(pid, "cgroup"), cgroupLimit).value_or(""));
    ProgramLook look = lookAtProgram(pid, findAncestors(stat, facts));
    OpenedMaps maps{look.maps};
    for (std::size_t i = 0; i < facts.ancestors.size(); ++i)
        facts.ancestors[i].executable = std::move(look.parents[i]);
    if (look.executable.file && look.executable.file->regular)
        out.file = FileIdentity{look.executable.file->device, look.executable.file->inode};
    facts.workingDirectory = std::move(look.directory);
    findExecutable(std::move(look.executable), facts, owned);
    findSandbox(pid, look, facts);
    facts.relay = isNetworkRelay(facts.executable);
    facts.foreignCode = isRelay(facts.executable);
    if (facts.relay)
        facts.remarks.emplace_back("It passes on what is said on another machine.");
    if (facts.foreignCode)
        facts.remarks.emplace_back("It passes on what another program says.");
    if (!facts.executable.empty() && !facts.inMemory) {
        findScript(look.commandLine, facts);
        findPreloading(maps, look.environment, facts, owned);
    }
    out.mark = look.mark;
    out.steady = look.steady;
    return out;
}

ProcessFacts measureProcess(std::int64_t pid) {
    return measureProgram(pid).facts;
}

int openExecutable(std::int64_t pid) {
    return lookAtProcess(pid, ProcEntry::ExecutableFile).fd;
}

} // namespace keybearer
