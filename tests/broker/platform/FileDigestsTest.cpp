#include "broker/platform/FileDigests.h"

#include "tests/broker/platform/TemporaryPlace.h"
#include "tests/support/EventLoop.h"

#include <gtest/gtest.h>

#include <fstream>
#include <unistd.h>

namespace keybearer {
namespace {

// FIPS 180-2, appendix B.1.
constexpr const char* digestOfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

class FileDigestsTest : public ::testing::Test {
protected:
    std::string write(const std::string& content) {
        std::ofstream(file_, std::ios::binary) << content;
        return file_;
    }
    FileMark marked() {
        const int fd = openForReading(file_);
        const FileMark mark = fileMark(fd);
        ::close(fd);
        return mark;
    }
    std::string digested(const FileMark& mark) {
        std::string hex;
        bool done = false;
        digests_.digest(mark, openForReading(file_), [&](const std::string& value) {
            hex = value;
            done = true;
        });
        EXPECT_FALSE(done); // never from inside the call
        EXPECT_TRUE(spinUntil([&] { return done; }));
        return hex;
    }

    TemporaryPlace place_;
    std::string file_ = place_ / "file";
    FileDigests digests_;
};

TEST_F(FileDigestsTest, KnownContentHasItsDigestAndIsReadOnce) {
    write("abc");
    EXPECT_EQ(digests_.known(marked()), "");
    EXPECT_EQ(digested(marked()), digestOfAbc);
    // Remembered as soon as nobody can have written to it unnoticed.
    EXPECT_TRUE(
        spinUntil([&] { return digested(marked()) == digestOfAbc && !digests_.known(marked()).empty(); }));
    EXPECT_EQ(digests_.known(marked()), digestOfAbc);
}

TEST_F(FileDigestsTest, WhatWasWrittenJustNowIsNotRemembered) {
    write("abc");
    const FileMark first = marked();
    EXPECT_EQ(digested(first), digestOfAbc);
    EXPECT_EQ(digests_.known(first), "") << "other content of that size may have the same mark within one "
                                            "step of the file system's clock";
}

TEST_F(FileDigestsTest, ChangedFileIsNotTheKnownOne) {
    write("abc");
    const FileMark before = marked();
    EXPECT_EQ(digested(before), digestOfAbc);
    write("abd");
    EXPECT_NE(marked(), before); // the same size, and changed later
    EXPECT_EQ(digests_.known(marked()), "");
}

TEST_F(FileDigestsTest, AnotherFileThanTheMarkedOneHasNoDigest) {
    write("abc");
    FileMark other = marked();
    ++other.inode;
    EXPECT_EQ(digested(other), "");
    EXPECT_EQ(digests_.known(other), "");
}

TEST_F(FileDigestsTest, WhatCannotBeOpenedOrIsTooLargeHasNone) {
    FileMark mark{1, 1, 1, 1, 1};
    EXPECT_EQ(digested(mark), ""); // there is no file yet
    write("abc");
    mark = marked();
    mark.size = std::uint64_t{1} << 40U;
    EXPECT_EQ(digested(mark), "");
    EXPECT_EQ(digests_.counters().refused, 2U);
}

TEST_F(FileDigestsTest, SecondAskerWaitsForTheFirst) {
    write(std::string(1 << 20, 'x'));
    int answered = 0;
    for (int i = 0; i < 5; ++i)
        digests_.digest(marked(), openForReading(file_), [&](const std::string& hex) {
            EXPECT_EQ(hex.size(), 64U);
            ++answered;
        });
    EXPECT_TRUE(spinUntil([&] { return answered == 5; }));
    EXPECT_EQ(digests_.counters().hashed, 1U);
}

TEST_F(FileDigestsTest, DestroyedWhileItReadsItCallsNobody) {
    write(std::string(64 << 20, 'x'));
    bool called = false;
    {
        FileDigests brief;
        brief.digest(marked(), openForReading(file_), [&](const std::string&) { called = true; });
    }
    spinOnce();
    EXPECT_FALSE(called);
}

} // namespace
} // namespace keybearer
