#pragma once

#include "broker/base/windows/Handle.h"
#include "broker/base/windows/LongPath.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace keybearer {

// A directory below the temporary one, and pipe names that nobody else has.
class Place : public ::testing::Test {
protected:
    void SetUp() override {
        wchar_t temporary[MAX_PATH + 1];
        ASSERT_GT(::GetTempPathW(MAX_PATH + 1, temporary), 0U);
        static int count = 0;
        name_ = "kb-" + std::to_string(::GetCurrentProcessId()) + "-" + std::to_string(++count);
        directory_ = std::filesystem::path(temporary) / name_;
        ASSERT_NE(::CreateDirectoryW(directory_.c_str(), nullptr), 0);
    }
    void TearDown() override {
        std::error_code ignored;
        std::filesystem::remove_all(directory_, ignored);
    }
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
