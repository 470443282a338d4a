#pragma once

#include "broker/base/windows/Handle.h"
#include "broker/base/windows/LongPath.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace keybearer {

// Wine has this function and Windows has not. Where Wine does less than Windows a test says so, and what it
// checks instead; docs/platforms.md has the list.
[[nodiscard]] inline bool inWine() {
    return ::GetProcAddress(::GetModuleHandleW(L"ntdll.dll"), "wine_get_version") != nullptr;
}

// A directory below the temporary one, and pipe names that nobody else has. The directory lets everybody read
// what is made in it, unless that says otherwise.
class Place : public ::testing::Test {
protected:
    void SetUp() override;
    void TearDown() override;
    [[nodiscard]] std::string pipe() const { return R"(\\.\pipe\)" + name_; }
    static Handle look(const std::filesystem::path& path) {
        return Handle(::CreateFileW(asItStands(path).c_str(), READ_CONTROL | WRITE_DAC,
                                    FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr, OPEN_EXISTING,
                                    FILE_FLAG_BACKUP_SEMANTICS, nullptr));
    }

    std::string name_;
    std::filesystem::path directory_;
};

} // namespace keybearer
