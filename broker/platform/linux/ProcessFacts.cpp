#include "broker/platform/ProcessFacts.h"

#include "broker/base/Text.h"
#include "broker/platform/InterpreterScript.h"
#include "broker/platform/linux/Preloading.h"
#include "broker/platform/linux/ProcLook.h"
#include "broker/platform/linux/ProcText.h"
#include "broker/platform/unix/SystemOwned.h"

#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace keybearer {

namespace {

constexpr std::size_t cgroupLimit =
    std::size_t{16} * 1024; // version 1 has a line for each of a dozen hierarchies
constexpr std::size_t flatpakLimit = std::size_t{16} * 1024; // what Flatpak writes has about 1 KiB
constexpr std::size_t labelLimit = 1024;
constexpr std::size_t longestChain = 16; // parents looked at; shells, a terminal, a session manager

FileMark markOf(const struct stat& status) {
    constexpr std::int64_t second = 1'000'000'000;
    return {status.st_dev, status.st_ino, static_cast<std::uint64_t>(status.st_size),
            status.st_mtim.tv_sec * second + status.st_mtim.tv_nsec,
            status.st_ctim.tv_sec * second + status.st_ctim.tv_nsec};
}

// The kernel adds " (deleted)" to the name of a file that is gone; a file may also really be called that.
void findExecutable(ProcLook look, ProcessFacts& facts, SystemOwned& owned) {
    constexpr std::string_view mark = " (deleted)";
    facts.executable = std::move(look.text);
    if (facts.executable.empty() || !look.file) {
        facts.executable.clear();
        facts.remarks.emplace_back("The program does not let itself be looked at.");
        return;
    }
    const ProcFile& file = *look.file;
    facts.executableFile = {file.device, file.inode, file.size, file.modified, file.changed};
    facts.inMemory = facts.executable.rfind("/memfd:", 0) == 0;
    const bool marked =
        facts.executable.size() > mark.size() &&
        std::string_view(facts.executable).substr(facts.executable.size() - mark.size()) == mark;
    facts.deleted = !facts.inMemory && marked && file.links == 0;
    if (facts.deleted)
        facts.executable.resize(facts.executable.size() - mark.size());
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

void findScript(std::int64_t pid, ProcessFacts& facts) {
    const std::optional<std::string> commandLine = readProcFile(procPath(pid, "cmdline"), commandLineLimit);
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
void findSandbox(std::int64_t pid, const std::string& users, const std::string& processes,
                 ProcessFacts& facts) {
    const bool otherUsers = isOtherNamespace(users, ProcEntry::UserNamespace);
    const bool otherProcesses = isOtherNamespace(processes, ProcEntry::ProcessNamespace);
    if (otherProcesses) {
        const std::optional<std::string> keyFile =
            readOpened(lookAtProcess(pid, ProcEntry::FlatpakInfo).fd, flatpakLimit);
        const std::string name = keyFile ? flatpakNameIn(*keyFile) : std::string();
        if (!name.empty())
            facts.sandbox = "flatpak:" + name;
    }
    static const bool labelled = ::access("/sys/kernel/security/apparmor", F_OK) == 0;
    if (facts.sandbox.empty() && labelled) {
        const std::string name =
            snapNameIn(readProcFile(procPath(pid, "attr/current"), labelLimit).value_or(""));
        if (!name.empty())
            facts.sandbox = "snap:" + name;
    }
    facts.otherNamespace = facts.sandbox.empty() && (otherUsers || otherProcesses);
    if (facts.otherNamespace)
        facts.remarks.emplace_back(
            "It runs in a container, where names and owners of files mean nothing here.");
}

// The process that began the session is the login shell, the terminal's shell or a service. The parent is
// named in any case. Which programs they are is asked in `questions`.
void findAncestors(const ProcStat& self, ProcessFacts& facts, std::vector<ProcQuestion>& questions) {
    std::uint64_t before = self.startTime;
    std::int64_t next = self.parentPid;
    while (next > 0 && facts.ancestors.size() < longestChain) {
        const ProcStat stat = readProcStat(next);
        if (stat.state == 0 || stat.startTime > before) // the number was given away meanwhile
            break;
        facts.ancestors.push_back({next, stat.startTime, {}});
        questions.push_back({next, ProcEntry::Executable});
        before = stat.startTime;
        next = stat.session == self.session && next != self.session ? stat.parentPid : 0;
    }
}

} // namespace

ProcessFacts measureProcess(std::int64_t pid) {
    ProcessFacts facts;
    const ProcStat stat = pid > 0 ? readProcStat(pid) : ProcStat();
    if (stat.state == 0)
        return facts;
    SystemOwned owned;
    facts.startTime = stat.startTime;
    facts.parentPid = stat.parentPid;
    facts.terminal = terminalName(stat.terminal);
    facts.unit = unitIn(readProcFile(procPath(pid, "cgroup"), cgroupLimit).value_or(""));
    std::vector<ProcQuestion> questions{{pid, ProcEntry::Directory},     {pid, ProcEntry::Executable},
                                        {pid, ProcEntry::UserNamespace}, {pid, ProcEntry::ProcessNamespace},
                                        {pid, ProcEntry::Environment},   {pid, ProcEntry::Memory}};
    const std::size_t ownQuestions = questions.size();
    findAncestors(stat, facts, questions);
    std::vector<ProcLook> looks = lookAtProcesses(questions);
    for (std::size_t i = ownQuestions; i < looks.size(); ++i)
        facts.ancestors[i - ownQuestions].executable = pathOf(std::move(looks[i]));
    OpenedMaps maps{looks[5].fd};
    const std::optional<std::string> environment = readOpened(looks[4].fd, environmentLimit);
    facts.workingDirectory = std::move(looks[0].text);
    findExecutable(std::move(looks[1]), facts, owned);
    findSandbox(pid, looks[2].text, looks[3].text, facts);
    facts.relay = isNetworkRelay(facts.executable);
    facts.foreignCode = isRelay(facts.executable);
    if (facts.relay)
        facts.remarks.emplace_back("It passes on what is said on another machine.");
    if (facts.foreignCode)
        facts.remarks.emplace_back("It passes on what another program says.");
    if (!facts.executable.empty() && !facts.inMemory) {
        findScript(pid, facts);
        findPreloading(maps, environment, facts, owned);
    }
    return facts;
}

int openExecutable(std::int64_t pid) {
    return lookAtProcess(pid, ProcEntry::ExecutableFile).fd;
}

} // namespace keybearer
