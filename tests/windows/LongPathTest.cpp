#include "tests/windows/Place.h"

#include "broker/base/PrivateFile.h"

namespace keybearer {
namespace {

using LongPathTest = Place;

TEST_F(LongPathTest, PathsAreTakenAsTheyStand) {
    EXPECT_EQ(asItStands(LR"(C:\a\..\b\.\c)").wstring(), LR"(\\?\C:\b\c)");
    EXPECT_EQ(asItStands(L"C:/a/b").wstring(), LR"(\\?\C:\a\b)");
    EXPECT_EQ(asItStands(LR"(\\server\share\a)").wstring(), LR"(\\?\UNC\server\share\a)");
    EXPECT_EQ(asItStands(LR"(\\.\pipe\a)").wstring(), LR"(\\.\pipe\a)");
    EXPECT_EQ(asItStands(LR"(\\?\C:\a)").wstring(), LR"(\\?\C:\a)");
    EXPECT_EQ(asItStands(L"relative").wstring(),
              LR"(\\?\)" + (std::filesystem::current_path() / L"relative").wstring());
}

TEST_F(LongPathTest, FileBeyondTwoHundredAndSixtyCharactersIsWrittenAndRead) {
    std::filesystem::path deep = directory_;
    for (int i = 0; i < 6; ++i)
        deep /= std::string(60, static_cast<char>('a' + i));
    ASSERT_GT(deep.wstring().size(), std::size_t{MAX_PATH});
    ASSERT_TRUE(makePrivateDirectory(deep));
    ASSERT_TRUE(writePrivateFile(deep / "file", "deep"));
    EXPECT_EQ(*readFile(deep / "file", 100), "deep");
    ASSERT_NE(::DeleteFileW(asItStands(deep / "file").c_str()), 0);
    for (; deep != directory_; deep = deep.parent_path())
        EXPECT_NE(::RemoveDirectoryW(asItStands(deep).c_str()), 0) << ::GetLastError();
}

TEST_F(LongPathTest, NamesBeyondAsciiAreKept) {
    const std::filesystem::path name(L"schl\u00fcssel-\u9375");
    ASSERT_TRUE(writePrivateFile(directory_ / name, "x"));
    EXPECT_EQ(*readFile(directory_ / name, 100), "x");
    const auto listed = std::filesystem::directory_iterator(directory_);
    EXPECT_EQ(listed->path().filename().wstring(), name.wstring());
    EXPECT_EQ(utf8(name.c_str(), -1 + static_cast<int>(name.wstring().size()) + 1), name.string());
    EXPECT_EQ(wide(name.string()), name.wstring());
}

} // namespace
} // namespace keybearer
