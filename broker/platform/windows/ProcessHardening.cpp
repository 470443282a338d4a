#include "broker/platform/ProcessHardening.h"

#include "broker/base/windows/Handle.h"

namespace keybearer {

Result<void> hardenProcess() {
    // No crash dump with our memory in it, no dialog that waits for somebody.
    ::SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX | SEM_NOOPENFILEERRORBOX);
    if (::HeapSetInformation(nullptr, HeapEnableTerminationOnCorruption, nullptr, 0) == 0)
        return failure(ErrorCode::InternalError,
                       "cannot harden the heap: error " + std::to_string(::GetLastError()));
    // Libraries from the system directory only, never from the current one or from the network.
    if (::SetDefaultDllDirectories(LOAD_LIBRARY_SEARCH_SYSTEM32 | LOAD_LIBRARY_SEARCH_APPLICATION_DIR) == 0)
        return failure(ErrorCode::InternalError, "cannot restrict where libraries come from: error " +
                                                     std::to_string(::GetLastError()));
    return {};
}

} // namespace keybearer
