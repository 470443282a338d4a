#include "broker/base/PrivateFile.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

namespace keybearer {
namespace {

class PrivateFileTest : public ::testing::Test {
protected:
    void SetUp() override {
        std::string pattern = (std::filesystem::temp_directory_path() / "kb-file-XXXXXX").string();
        ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
        directory_ = pattern;
    }
    void TearDown() override {
        std::error_code ignored;
        std::filesystem::remove_all(directory_, ignored);
    }
    static unsigned modeOf(const std::filesystem::path& path) {
        struct stat status {};
        return ::lstat(path.c_str(), &status) == 0 ? status.st_mode & 07777 : 0;
    }

    std::filesystem::path directory_;
};

TEST_F(PrivateFileTest, WrittenFileIsReadBackAndIsOursAlone) {
    const auto path = directory_ / "file";
    const mode_t before = ::umask(0); // does not depend on it
    ASSERT_TRUE(writePrivateFile(path, "content"));
    ::umask(before);
    EXPECT_EQ(*readFile(path, 100), "content");
    EXPECT_EQ(modeOf(path), 0600U);
}

TEST_F(PrivateFileTest, WritingReplacesTheOldFileWhole) {
    const auto path = directory_ / "file";
    ASSERT_TRUE(writePrivateFile(path, std::string(100'000, 'a')));
    ASSERT_TRUE(writePrivateFile(path, "b"));
    EXPECT_EQ(*readFile(path, 100), "b");
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(directory_), {}), 1); // nothing else is left
}

TEST_F(PrivateFileTest, LeftoverOfACrashIsNoObstacle) {
    std::ofstream(directory_ / "file.new") << "half";
    ASSERT_TRUE(writePrivateFile(directory_ / "file", "whole"));
    EXPECT_EQ(*readFile(directory_ / "file", 100), "whole");
}

TEST_F(PrivateFileTest, PlantedLinkIsReplacedNotFollowed) {
    std::ofstream(directory_ / "victim") << "untouched";
    std::filesystem::create_symlink(directory_ / "victim", directory_ / "file");
    std::filesystem::create_symlink(directory_ / "victim", directory_ / "file.new");
    ASSERT_TRUE(writePrivateFile(directory_ / "file", "mine"));
    EXPECT_EQ(*readFile(directory_ / "victim", 100), "untouched");
    EXPECT_EQ(*readFile(directory_ / "file", 100), "mine");
}

TEST_F(PrivateFileTest, FailureLeavesTheOldFile) {
    EXPECT_FALSE(writePrivateFile(directory_ / "missing" / "file", "x"));
    std::filesystem::create_directory(directory_ / "file");
    std::ofstream(directory_ / "file" / "inside") << "kept";
    const Result<void> written = writePrivateFile(directory_ / "file", "x");
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, ErrorCode::StoreUnavailable);
    EXPECT_FALSE(written.error().action.empty());
    EXPECT_TRUE(std::filesystem::exists(directory_ / "file" / "inside"));
}

TEST_F(PrivateFileTest, ReadingHasALimit) {
    ASSERT_TRUE(writePrivateFile(directory_ / "file", std::string(100, 'a')));
    EXPECT_TRUE(readFile(directory_ / "file", 100));
    EXPECT_FALSE(readFile(directory_ / "file", 99));
}

TEST_F(PrivateFileTest, AbsentFileIsToldFromUnreadable) {
    EXPECT_EQ(readFile(directory_ / "absent", 10).error().code, ErrorCode::NotFound);
    std::filesystem::create_symlink("/etc/passwd", directory_ / "link");
    EXPECT_EQ(readFile(directory_ / "link", 1 << 20).error().code, ErrorCode::StoreUnavailable);
}

TEST_F(PrivateFileTest, T_09_DirectoryIsMadeForUsAlone) {
    const auto path = directory_ / "a" / "b";
    ASSERT_TRUE(makePrivateDirectory(path));
    EXPECT_EQ(modeOf(path), 0700U);
    ASSERT_TRUE(makePrivateDirectory(path)); // again
}

TEST_F(PrivateFileTest, T_09_OpenDirectoryIsClosedToOthers) {
    const auto path = directory_ / "open";
    std::filesystem::create_directory(path);
    ASSERT_EQ(::chmod(path.c_str(), 0777), 0);
    ASSERT_TRUE(makePrivateDirectory(path));
    EXPECT_EQ(modeOf(path), 0700U);
}

TEST_F(PrivateFileTest, T_09_LinkAndFileInItsPlaceAreRefused) {
    std::filesystem::create_directory(directory_ / "real");
    std::filesystem::create_directory_symlink(directory_ / "real", directory_ / "link");
    EXPECT_FALSE(makePrivateDirectory(directory_ / "link"));
    std::ofstream(directory_ / "file") << "x";
    EXPECT_FALSE(makePrivateDirectory(directory_ / "file"));
}

TEST_F(PrivateFileTest, T_09_DirectoryOfAnotherUserIsRefused) {
    if (::geteuid() == 0) {
        std::filesystem::create_directory(directory_ / "foreign");
        ASSERT_EQ(::chown((directory_ / "foreign").c_str(), 65534, 65534), 0);
        EXPECT_FALSE(makePrivateDirectory(directory_ / "foreign"));
    } else {
        EXPECT_FALSE(makePrivateDirectory("/usr")); // the superuser's
    }
}

} // namespace
} // namespace keybearer
