#include "broker/base/windows/Handle.h"
#include "broker/platform/PeerCredentials.h"

#include <tlhelp32.h>

namespace keybearer {

namespace {

constexpr DWORD pathLimit = 32'768; // the longest path that the system has

std::string executableOf(HANDLE process) {
    std::wstring path(pathLimit, L'\0');
    DWORD size = pathLimit;
    return ::QueryFullProcessImageNameW(process, 0, path.data(), &size) == 0
               ? std::string()
               : utf8(path.data(), static_cast<int>(size));
}

std::uint64_t startOf(HANDLE process) {
    FILETIME created{};
    FILETIME unused[3] = {};
    if (::GetProcessTimes(process, &created, &unused[0], &unused[1], &unused[2]) == 0)
        return 0;
    return (static_cast<std::uint64_t>(created.dwHighDateTime) << 32) | created.dwLowDateTime;
}

DWORD parentOf(DWORD pid) {
    const Handle snapshot(::CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0));
    PROCESSENTRY32W entry{};
    entry.dwSize = sizeof entry;
    if (!snapshot || ::Process32FirstW(snapshot.get(), &entry) == 0)
        return 0;
    do {
        if (entry.th32ProcessID == pid)
            return entry.th32ParentProcessID;
    } while (::Process32NextW(snapshot.get(), &entry) != 0);
    return 0;
}

} // namespace

// The command line of another process lies in its own memory, which it may change at will and which we do not
// read: `script` stays empty here. There are no controlling terminals.
ProcessEvidence describeProcess(std::int64_t pid) {
    ProcessEvidence evidence;
    const Handle process(
        pid > 0 ? ::OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, static_cast<DWORD>(pid)) : nullptr);
    if (!process)
        return evidence;
    evidence.executable = executableOf(process.get());
    evidence.startTime = startOf(process.get());
    evidence.parentPid = parentOf(static_cast<DWORD>(pid));
    const Handle parent(evidence.parentPid == 0 ? nullptr
                                                : ::OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE,
                                                                static_cast<DWORD>(evidence.parentPid)));
    // A parent that started later than its child is another process with the number of one that is gone.
    if (parent && startOf(parent.get()) <= evidence.startTime)
        evidence.startedBy = executableOf(parent.get());
    return evidence;
}

} // namespace keybearer
