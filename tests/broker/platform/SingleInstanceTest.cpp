#include "broker/platform/SingleInstance.h"

#include "tests/broker/platform/TemporaryPlace.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace keybearer {
namespace {

class SingleInstance_ : public testing::Test {
protected:
    Result<std::unique_ptr<SingleInstance>> acquire() { return SingleInstance::acquire(lock_, pid_); }
    TemporaryPlace place_;
    std::filesystem::path lock_ = place_ / "run/broker.lock";
    std::filesystem::path pid_ = place_ / "run/broker.pid";
};

TEST_F(SingleInstance_, FirstOneWritesItsPidAndRemovesItAtTheEnd) {
    {
        const auto first = acquire();
        ASSERT_TRUE(first.has_value());
        std::int64_t written = 0;
        std::ifstream(pid_) >> written;
        EXPECT_EQ(written, getpid());
        struct stat status {};
        ASSERT_EQ(stat(lock_.c_str(), &status), 0);
        EXPECT_EQ(status.st_mode & 0777, 0600U);
        ASSERT_EQ(stat(lock_.parent_path().c_str(), &status), 0);
        EXPECT_EQ(status.st_mode & 0777, 0700U);
    }
    EXPECT_FALSE(std::filesystem::exists(pid_));
    EXPECT_TRUE(std::filesystem::exists(lock_));
    EXPECT_TRUE(acquire().has_value());
}

TEST_F(SingleInstance_, SecondOneLearnsThePidOfTheFirst) {
    const auto first = acquire();
    ASSERT_TRUE(first.has_value());
    const auto second = acquire();
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().code, ErrorCode::InvalidRequest);
    EXPECT_NE(second.error().message.find(std::to_string(getpid())), std::string::npos);
    ASSERT_NE(second.error().detail("pid"), nullptr);
    EXPECT_EQ(std::get<std::int64_t>(*second.error().detail("pid")), getpid());
    EXPECT_TRUE(std::filesystem::exists(pid_));
}

TEST_F(SingleInstance_, LockOfAKilledProcessIsFree) {
    int ready[2];
    ASSERT_EQ(pipe(ready), 0);
    const pid_t child = fork();
    if (child == 0) {
        const auto held = acquire();
        _exit(held && write(ready[1], "x", 1) == 1 ? 0 : 1); // without destructors, as after SIGKILL
    }
    char byte = 0;
    ASSERT_EQ(read(ready[0], &byte, 1), 1);
    waitpid(child, nullptr, 0);
    close(ready[0]);
    close(ready[1]);
    EXPECT_TRUE(std::filesystem::exists(pid_));
    EXPECT_TRUE(acquire().has_value());
}

TEST_F(SingleInstance_, LinkInPlaceOfTheLockIsRefused) {
    std::filesystem::create_directories(lock_.parent_path());
    std::ofstream(place_ / "victim") << "keep";
    std::filesystem::create_symlink(place_ / "victim", lock_);
    EXPECT_FALSE(acquire().has_value());
}

TEST_F(SingleInstance_, SharedDirectoryIsRefusedAndLeftAsItIs) {
    const std::filesystem::path shared = place_ / "shared";
    std::filesystem::create_directory(shared);
    ASSERT_EQ(chmod(shared.c_str(), 01777), 0);
    EXPECT_FALSE(SingleInstance::acquire(shared / "l", shared / "p").has_value());
    struct stat status {};
    ASSERT_EQ(stat(shared.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 07777, 01777U);
}

} // namespace
} // namespace keybearer
