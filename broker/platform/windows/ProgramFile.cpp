#include "broker/platform/ProgramFile.h"

#include "broker/platform/windows/Handle.h"

namespace keybearer {

std::optional<FileIdentity> fileIdentity(const std::filesystem::path& file) {
    const Handle handle(::CreateFileW(file.c_str(), 0, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                                      nullptr, OPEN_EXISTING, 0, nullptr));
    BY_HANDLE_FILE_INFORMATION found{};
    if (!handle || ::GetFileInformationByHandle(handle.get(), &found) == 0)
        return std::nullopt;
    return FileIdentity{found.dwVolumeSerialNumber,
                        (std::uint64_t{found.nFileIndexHigh} << 32U) | found.nFileIndexLow};
}

// Access lists are not read: what lies below the directory of installed programs, where an administrator
// alone writes, is believed, and nothing else.
bool onlyThisUserReplaces(const std::filesystem::path& file) {
    wchar_t programs[MAX_PATH];
    const UINT size = ::GetEnvironmentVariableW(L"ProgramFiles", programs, MAX_PATH);
    const std::wstring place = file.wstring();
    return size > 0 && size < MAX_PATH && place.size() > size && place.compare(0, size, programs) == 0 &&
           place[size] == L'\\';
}

} // namespace keybearer
