#include "broker/platform/ProgramFile.h"

#include "broker/base/windows/Handle.h"

#include <shlobj.h>

namespace keybearer {

namespace {

constexpr DWORD longestPath = 32'768; // that the system has

// With every link followed; empty if it cannot be opened, or lies on another machine.
std::wstring finalName(const std::filesystem::path& file) {
    constexpr std::wstring_view local = LR"(\\?\)";
    const Handle handle(::CreateFileW(file.c_str(), 0, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                                      nullptr, OPEN_EXISTING, 0, nullptr));
    std::wstring name(longestPath, L'\0');
    const DWORD size = !handle ? 0
                               : ::GetFinalPathNameByHandleW(handle.get(), name.data(), longestPath,
                                                             FILE_NAME_NORMALIZED | VOLUME_NAME_DOS);
    if (size == 0 || size >= longestPath)
        return {};
    name.resize(size);
    return name.starts_with(local) ? name.substr(local.size()) : std::wstring();
}

} // namespace

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
// alone writes, is believed, and nothing else. The system says where both are: a variable of the environment
// is anybody's, and a name may lead elsewhere.
bool onlyThisUserReplaces(const std::filesystem::path& file) {
    PWSTR programs = nullptr;
    if (::SHGetKnownFolderPath(FOLDERID_ProgramFiles, 0, nullptr, &programs) != S_OK) {
        ::CoTaskMemFree(programs);
        return false;
    }
    const std::wstring root = std::wstring(programs) + L'\\';
    ::CoTaskMemFree(programs);
    const std::wstring place = finalName(file);
    return place.size() > root.size() &&
           ::CompareStringOrdinal(place.data(), static_cast<int>(root.size()), root.data(),
                                  static_cast<int>(root.size()), TRUE) == CSTR_EQUAL;
}

} // namespace keybearer
