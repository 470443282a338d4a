#include "broker/platform/Readiness.h"

#include <gtest/gtest.h>

#include <array>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace keybearer {
namespace {

class Readiness_ : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair_.data()), 0);
        Result<std::unique_ptr<Readiness>> made = Readiness::create();
        ASSERT_TRUE(made.has_value());
        set_ = std::move(*made);
    }
    void TearDown() override {
        for (const int fd : pair_) {
            if (fd >= 0)
                close(fd);
        }
    }
    std::vector<Readiness::Event> now() {
        std::vector<Readiness::Event> events(8);
        events.resize(set_->wait(events, 0));
        return events;
    }
    [[nodiscard]] bool isPollable() const {
        pollfd poll{set_->descriptor(), POLLIN, 0};
        return ::poll(&poll, 1, 0) == 1;
    }

    std::array<int, 2> pair_{-1, -1};
    std::unique_ptr<Readiness> set_;
};

TEST_F(Readiness_, DataIsReportedWithItsTagUntilItIsRead) {
    ASSERT_TRUE(set_->add(pair_[0], 0xFFFFFFFFFFULL));
    EXPECT_TRUE(now().empty());
    ASSERT_EQ(write(pair_[1], "x", 1), 1);
    for (int i = 0; i < 2; ++i) { // level-triggered
        const auto events = now();
        ASSERT_EQ(events.size(), 1U);
        EXPECT_EQ(events[0].tag, 0xFFFFFFFFFFULL);
        EXPECT_TRUE(events[0].readable);
        EXPECT_FALSE(events[0].writable);
        EXPECT_FALSE(events[0].hungUp);
    }
    char byte = 0;
    ASSERT_EQ(read(pair_[0], &byte, 1), 1);
    EXPECT_TRUE(now().empty());
}

TEST_F(Readiness_, ItsOwnDescriptorIsPollableAndCloseOnExec) {
    ASSERT_TRUE(set_->add(pair_[0], 1));
    EXPECT_FALSE(isPollable());
    ASSERT_EQ(write(pair_[1], "x", 1), 1);
    EXPECT_TRUE(isPollable());
    EXPECT_NE(fcntl(set_->descriptor(), F_GETFD) & FD_CLOEXEC, 0);
}

TEST_F(Readiness_, WatchChangesWhatIsWatched) {
    ASSERT_TRUE(set_->watch(pair_[0], 1, true, true));
    ASSERT_EQ(now().size(), 1U);
    EXPECT_TRUE(now()[0].writable);
    EXPECT_FALSE(now()[0].readable);
    ASSERT_EQ(write(pair_[1], "x", 1), 1);
    ASSERT_TRUE(set_->watch(pair_[0], 2, false, false));
    EXPECT_TRUE(now().empty());
    ASSERT_TRUE(set_->watch(pair_[0], 3, true, false));
    ASSERT_EQ(now().size(), 1U);
    EXPECT_EQ(now()[0].tag, 3U);
}

TEST_F(Readiness_, ClosedPeerIsHungUpAndAHalfClosedOneIsReadable) {
    ASSERT_TRUE(set_->add(pair_[0], 1));
    shutdown(pair_[1], SHUT_WR);
    ASSERT_EQ(now().size(), 1U);
    EXPECT_TRUE(now()[0].readable);
    EXPECT_FALSE(now()[0].hungUp); // it may still wait for its answers
    close(pair_[1]);
    pair_[1] = -1;
    EXPECT_TRUE(now()[0].hungUp);
}

TEST_F(Readiness_, RemovedDescriptorIsSilentAndABadOneIsRefused) {
    ASSERT_TRUE(set_->add(pair_[0], 1));
    ASSERT_EQ(write(pair_[1], "x", 1), 1);
    set_->remove(pair_[0]);
    EXPECT_TRUE(now().empty());
    EXPECT_FALSE(set_->add(-1, 1));
}

TEST_F(Readiness_, WhatDoesNotFitComesNextTime) {
    ASSERT_TRUE(set_->watch(pair_[0], 1, false, true));
    ASSERT_TRUE(set_->watch(pair_[1], 2, false, true));
    std::array<Readiness::Event, 1> one;
    std::uint64_t seen = 0;
    for (int i = 0; i < 2; ++i) {
        ASSERT_EQ(set_->wait(one, 0), 1U);
        seen |= one[0].tag;
    }
    EXPECT_EQ(seen, 3U);
    EXPECT_EQ(set_->wait({}, 0), 0U);
}

} // namespace
} // namespace keybearer
