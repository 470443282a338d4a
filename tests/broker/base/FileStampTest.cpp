#include "broker/base/FileStamp.h"

#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>

namespace keybearer {
namespace {

TEST(FileStamp, AnotherFileOfTheSameNameAndSizeHasAnother) {
    std::string pattern = (std::filesystem::temp_directory_path() / "kb-stamp-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    const std::filesystem::path place = pattern;
    std::ofstream(place / "tool") << "one";
    const std::string before = fileStamp(place / "tool");
    EXPECT_FALSE(before.empty());
    EXPECT_EQ(fileStamp(place / "tool"), before);
    std::ofstream(place / "other") << "two";
    std::filesystem::rename(place / "other", place / "tool");
    EXPECT_NE(fileStamp(place / "tool"), before);
    std::filesystem::remove_all(place);
}

TEST(FileStamp, WhatIsNotThereHasNone) {
    EXPECT_EQ(fileStamp(std::filesystem::path("/nowhere/at/all")), "");
}

} // namespace
} // namespace keybearer
