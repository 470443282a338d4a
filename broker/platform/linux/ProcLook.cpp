#include "broker/platform/linux/ProcLook.h"

#include "broker/platform/ProcessFacts.h"
#include "broker/platform/linux/ProcText.h"

#include <cerrno>
#include <charconv>
#include <filesystem>
#include <sys/stat.h>

namespace keybearer {

namespace {

constexpr std::size_t mostProcesses = 20'000; // that are looked into

ProcLook link(std::int64_t pid, const char* what) {
    ProcLook out;
    out.text = readLinkTarget(procPath(pid, what));
    out.code = out.text.empty() ? errno : 0;
    return out;
}

ProcLook read(std::int64_t pid, const char* what, std::size_t limit) {
    ProcLook out;
    std::optional<std::string> text = readProcFile(procPath(pid, what), limit);
    out.code = text ? 0 : ESRCH;
    out.text = std::move(text).value_or(std::string());
    return out;
}

ProcLook opened(std::int64_t pid, const char* what) {
    ProcLook out;
    out.fd = openForReading(procPath(pid, what));
    out.code = out.fd < 0 ? errno : 0;
    return out;
}

std::optional<ProcFile> programFile(std::int64_t pid) {
    constexpr std::int64_t second = 1'000'000'000;
    struct stat status {};
    if (::stat(procPath(pid, "exe").c_str(), &status) != 0) // follows to the very file
        return std::nullopt;
    return ProcFile{status.st_dev,
                    status.st_ino,
                    static_cast<std::uint64_t>(status.st_nlink),
                    S_ISREG(status.st_mode),
                    static_cast<std::uint64_t>(status.st_size),
                    status.st_mtim.tv_sec * second + status.st_mtim.tv_nsec,
                    status.st_ctim.tv_sec * second + status.st_ctim.tv_nsec};
}

} // namespace

ProcLook lookDirectly(std::int64_t pid, ProcEntry entry) {
    switch (entry) {
    case ProcEntry::Stat: {
        ProcLook out;
        out.text = readProcStatText(pid);
        out.code = out.text.empty() ? ESRCH : 0;
        out.file = programFile(pid);
        return out;
    }
    case ProcEntry::Executable: {
        ProcLook out = link(pid, "exe");
        out.file = programFile(pid);
        return out;
    }
    case ProcEntry::ExecutableFile:
        return opened(pid, "exe");
    case ProcEntry::Directory:
        return link(pid, "cwd");
    case ProcEntry::UserNamespace:
        return link(pid, "ns/user");
    case ProcEntry::ProcessNamespace:
        return link(pid, "ns/pid");
    case ProcEntry::Environment:
        return opened(pid, "environ");
    case ProcEntry::Memory:
        return opened(pid, "maps");
    case ProcEntry::FlatpakInfo:
        return opened(pid, "root/.flatpak-info");
    case ProcEntry::CommandLine:
        return read(pid, "cmdline", commandLineLimit);
    case ProcEntry::Label:
        return read(pid, "attr/current", labelLimit);
    case ProcEntry::ExecutableName: {
        ProcLook out = link(pid, "exe");
        if (mayBeGone(out.text))
            out.file = programFile(pid);
        return out;
    }
    }
    return {EINVAL, {}, {}, -1};
}

bool holdsSocket(std::int64_t pid, std::uint64_t inode) {
    const std::string socket = "socket:[" + std::to_string(inode) + "]";
    std::error_code failed;
    for (std::filesystem::directory_iterator file(procPath(pid, "fd"), failed), end; !failed && file != end;
         file.increment(failed)) {
        if (readLinkTarget(file->path().string()) == socket)
            return true;
    }
    return false;
}

std::int64_t holderDirectly(std::uint64_t inode) {
    std::error_code failed;
    std::size_t looked = 0;
    for (std::filesystem::directory_iterator entry("/proc", failed), end; !failed && entry != end;
         entry.increment(failed)) {
        std::int64_t pid = 0;
        const std::string name = entry->path().filename().string();
        const auto [stopped, problem] = std::from_chars(name.data(), name.data() + name.size(), pid);
        if (problem != std::errc() || stopped != name.data() + name.size() || ++looked > mostProcesses)
            continue;
        if (holdsSocket(pid, inode))
            return pid;
    }
    return 0;
}

} // namespace keybearer
