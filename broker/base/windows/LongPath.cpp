#include "broker/base/windows/LongPath.h"

#include "broker/base/windows/Handle.h"

#include <string_view>

namespace keybearer {

std::filesystem::path asItStands(const std::filesystem::path& path) {
    constexpr std::wstring_view device = LR"(\\.\)";
    constexpr std::wstring_view standing = LR"(\\?\)";
    constexpr std::wstring_view network = LR"(\\)";
    const std::wstring text = path.wstring();
    if (text.starts_with(device) || text.starts_with(standing))
        return path;
    const DWORD needed = ::GetFullPathNameW(text.c_str(), 0, nullptr, nullptr);
    std::wstring full(needed, L'\0');
    const DWORD size = ::GetFullPathNameW(text.c_str(), needed, full.data(), nullptr);
    if (size == 0 || size >= needed)
        return path;
    full.resize(size);
    if (full.starts_with(device)) // CON, NUL and their like
        return full;
    if (full.starts_with(network))
        return std::wstring(LR"(\\?\UNC\)").append(full, network.size());
    return std::wstring(standing).append(full);
}

} // namespace keybearer
