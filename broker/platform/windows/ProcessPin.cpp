#include "broker/platform/PeerProcess.h"

#include "broker/base/windows/Handle.h"

namespace keybearer {

namespace {

// Handles have 32 significant bits, on 64-bit Windows too: the number is kept as it is. Descriptors of the C
// run time are for files and pipes, and _open_osfhandle() refuses a process.
HANDLE handleOf(int number) {
    return LongToHandle(number);
}

std::uint64_t createdAt(HANDLE process) {
    FILETIME created{};
    FILETIME unused[3] = {};
    if (::GetProcessTimes(process, &created, &unused[0], &unused[1], &unused[2]) == 0)
        return 0;
    return (static_cast<std::uint64_t>(created.dwHighDateTime) << 32U) | created.dwLowDateTime;
}

} // namespace

// The pipe tells the number of the process that opened it, and nothing holds that number until now: a number
// that changed hands between connecting and this moment is not noticed. From here on the open handle holds
// it.
std::shared_ptr<const ProcessPin> ProcessPin::ofPeer(int, std::int64_t pid) {
    return ofProcess(pid);
}

std::shared_ptr<const ProcessPin> ProcessPin::ofProcess(std::int64_t pid) {
    HANDLE process = pid > 0 ? ::OpenProcess(SYNCHRONIZE | PROCESS_QUERY_LIMITED_INFORMATION, FALSE,
                                             static_cast<DWORD>(pid))
                             : nullptr;
    if (process == nullptr)
        return nullptr;
    auto pin =
        std::shared_ptr<const ProcessPin>(new ProcessPin(pid, HandleToLong(process), createdAt(process)));
    return pin->ended() ? nullptr : pin;
}

ProcessPin::~ProcessPin() {
    ::CloseHandle(handleOf(descriptor_));
}

bool ProcessPin::ended() const {
    return ::WaitForSingleObject(handleOf(descriptor_), 0) != WAIT_TIMEOUT;
}

// A process runs one program for all its life: there is no exec.
ProgramMark markOf(std::int64_t pid) {
    const Handle process(
        pid > 0 ? ::OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, static_cast<DWORD>(pid)) : nullptr);
    ProgramMark mark;
    mark.startTime = process ? createdAt(process.get()) : 0;
    return mark;
}

bool PeerProcess::stillTheSame() const {
    return pin == nullptr || (markOf(credentials.pid) == mark && !pin->ended());
}

} // namespace keybearer
