#include "broker/platform/ProgramFile.h"

#include "tests/broker/platform/TemporaryPlace.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iostream>
#include <unistd.h>

namespace keybearer {
namespace {

namespace fs = std::filesystem;

class ProgramFileTest : public ::testing::Test {
protected:
    void SetUp() override {
        std::string pattern = fs::canonical(fs::temp_directory_path()) / "kb-program-XXXXXX";
        ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
        place_ = pattern;
        fs::create_directory(place_ / "bin");
        fs::permissions(place_ / "bin", fs::perms(0755));
        program_ = place_ / "bin" / "program";
        std::ofstream(program_) << "#!/bin/sh\n";
        fs::permissions(program_, fs::perms(0755));
    }
    void TearDown() override { fs::remove_all(place_); }
    fs::path place_;
    fs::path program_;
};

TEST_F(ProgramFileTest, PrivatePlaceBelowAStickyDirectoryIsSafe) {
    EXPECT_TRUE(onlyThisUserReplaces(program_));
    EXPECT_TRUE(onlyThisUserReplaces("/usr/bin/env"));
}

TEST_F(ProgramFileTest, WhatOthersMayWriteIsNotSafe) {
    fs::permissions(program_, fs::perms(0757));
    EXPECT_FALSE(onlyThisUserReplaces(program_));
}

TEST_F(ProgramFileTest, DirectoryThatOthersMayWriteIsNotSafe) {
    fs::permissions(place_ / "bin", fs::perms(0777));
    EXPECT_FALSE(onlyThisUserReplaces(program_));
    fs::permissions(place_ / "bin", fs::perms(01777)); // sticky: the file is still its owner's alone
    EXPECT_TRUE(onlyThisUserReplaces(program_));
}

TEST_F(ProgramFileTest, DirectoryAboveThatOthersMayWriteIsNotSafe) {
    fs::permissions(place_, fs::perms(0777));
    EXPECT_FALSE(onlyThisUserReplaces(program_));
}

TEST_F(ProgramFileTest, LinkOnTheWayIsNotSafe) {
    fs::create_directory_symlink(place_ / "bin", place_ / "link");
    EXPECT_FALSE(onlyThisUserReplaces(place_ / "link" / "program"));
}

TEST_F(ProgramFileTest, ForeignOwnerIsNotSafe) {
    if (::geteuid() != 0) {
        std::cout << "not checked: only the superuser can give a file away\n";
        return;
    }
    ASSERT_EQ(::chown(program_.c_str(), 12345, 0), 0);
    EXPECT_FALSE(onlyThisUserReplaces(program_));
    ASSERT_EQ(::chown(program_.c_str(), 0, 12345), 0);
    fs::permissions(program_, fs::perms(0775)); // and a foreign group that may write
    EXPECT_FALSE(onlyThisUserReplaces(program_));
}

TEST_F(ProgramFileTest, RelativeAndMissingAreNotSafe) {
    EXPECT_FALSE(onlyThisUserReplaces("program"));
    EXPECT_FALSE(onlyThisUserReplaces(place_ / "bin" / "nothing"));
}

TEST_F(ProgramFileTest, ProcessRunsTheFileThatItWasStartedFrom) {
    EXPECT_EQ(programIdentity(::getpid()), fileIdentity(fs::read_symlink("/proc/self/exe")));
    EXPECT_NE(programIdentity(::getpid()), fileIdentity(program_));
    EXPECT_FALSE(programIdentity(0).has_value());
    EXPECT_FALSE(fileIdentity(place_ / "bin").has_value()); // a directory is no program
}

} // namespace
} // namespace keybearer
