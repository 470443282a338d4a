#include "broker/base/FileStamp.h"

#include "broker/base/windows/Handle.h"
#include "broker/base/windows/LongPath.h"

#include <cstdint>

namespace keybearer {

// Whoever may write the file's attributes may set this time as well: a mark against mistakes, and not against
// the owner of the file.
std::string fileStamp(const std::filesystem::path& file) {
    const Handle handle(::CreateFileW(asItStands(file).c_str(), FILE_READ_ATTRIBUTES,
                                      FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr,
                                      OPEN_EXISTING, 0, nullptr));
    BY_HANDLE_FILE_INFORMATION found{};
    FILE_BASIC_INFO times{};
    if (!handle || ::GetFileInformationByHandle(handle.get(), &found) == 0 ||
        ::GetFileInformationByHandleEx(handle.get(), FileBasicInfo, &times, sizeof times) == 0)
        return {};
    const auto joined = [](DWORD high, DWORD low) { return (std::uint64_t{high} << 32U) | low; };
    std::string stamp = std::to_string(found.dwVolumeSerialNumber);
    for (const std::uint64_t part :
         {joined(found.nFileIndexHigh, found.nFileIndexLow), joined(found.nFileSizeHigh, found.nFileSizeLow),
          static_cast<std::uint64_t>(times.ChangeTime.QuadPart)})
        stamp.append(":").append(std::to_string(part));
    return stamp;
}

} // namespace keybearer
