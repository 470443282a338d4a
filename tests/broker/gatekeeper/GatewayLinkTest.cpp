#include "broker/gatekeeper/GatewayLink.h"

#include "tests/support/EventLoop.h"

#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace keybearer {
namespace {

// Plays the gateway's end: reads as the gateway does, and keeps descriptors in the order in which they came.
class GatewayLinkTest : public ::testing::Test {
protected:
    GatewayLinkTest() {
        std::array<int, 2> pair{};
        EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, pair.data()), 0);
        ::fcntl(pair[0], F_SETFL, O_NONBLOCK);
        theirs_ = pair[1];
        link_ = std::make_unique<GatewayLink>(pair[0]);
        QObject::connect(link_.get(), &GatewayLink::broken, link_.get(),
                         [this](const std::string& why) { broken_ = why; });
    }
    ~GatewayLinkTest() override {
        for (const auto& [fd, at] : got_)
            ::close(fd);
        ::close(theirs_);
    }
    bool readSome(std::size_t most = 65536) {
        std::vector<char> bytes(most);
        iovec part{bytes.data(), bytes.size()};
        std::array<char, CMSG_SPACE(sizeof(int) * GatewayLink::mostDescriptors)> control{};
        msghdr message{};
        message.msg_iov = &part;
        message.msg_iovlen = 1;
        message.msg_control = control.data();
        message.msg_controllen = control.size();
        const ssize_t got = ::recvmsg(theirs_, &message, MSG_DONTWAIT);
        if (got <= 0)
            return false;
        for (cmsghdr* header = CMSG_FIRSTHDR(&message); header != nullptr;
             header = CMSG_NXTHDR(&message, header)) {
            const std::size_t count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
            for (std::size_t i = 0; i < count; ++i) {
                int fd = -1;
                std::memcpy(&fd, CMSG_DATA(header) + i * sizeof(int), sizeof(int));
                got_.emplace_back(fd, text_.size());
            }
        }
        text_.append(bytes.data(), static_cast<std::size_t>(got));
        return true;
    }
    // The write end of a pipe whose other end tells it again.
    std::array<int, 2> pipe() {
        std::array<int, 2> ends{};
        EXPECT_EQ(::pipe(ends.data()), 0);
        return ends;
    }

    int theirs_ = -1;
    std::unique_ptr<GatewayLink> link_;
    std::string text_;
    std::vector<std::pair<int, std::size_t>> got_; // descriptor, how much had come before
    std::string broken_;
};

TEST_F(GatewayLinkTest, DescriptorsComeWithTheirLine) {
    const std::array<int, 2> ends = pipe();
    link_->send("plain");
    link_->send("two", {ends[1], ends[1]});
    link_->send("after");
    ::close(ends[1]); // the copies are the other side's own
    ASSERT_TRUE(spinUntil([&] {
        readSome();
        return text_ == "plain\ntwo\nafter\n";
    }));
    ASSERT_EQ(got_.size(), 2U);
    EXPECT_LE(got_[0].second, 6U) << "not before the line's first byte has come";
    ASSERT_EQ(::write(got_[0].first, "x", 1), 1);
    char back = 0;
    EXPECT_EQ(::read(ends[0], &back, 1), 1);
    ::close(ends[0]);
}

TEST_F(GatewayLinkTest, DescriptorsWaitForTheirTurnWhenTheOtherSideIsSlow) {
    const std::array<int, 2> ends = pipe();
    const std::string big(300'000, 'b');
    link_->send(big);
    link_->send("first", {ends[0]});
    link_->send(big);
    link_->send("second", {ends[1], ends[0]});
    const std::size_t whole = 2 * (big.size() + 1) + 6 + 7;
    ASSERT_TRUE(spinUntil([&] {
        readSome(7001);
        return text_.size() == whole;
    }));
    ASSERT_EQ(got_.size(), 3U);
    EXPECT_LE(got_[0].second, big.size() + 1);
    EXPECT_GT(got_[1].second, big.size() + 7) << "not with an earlier line";
    EXPECT_LE(got_[1].second, 2 * (big.size() + 1) + 6);
    EXPECT_EQ(text_.substr(text_.size() - 7), "second\n");
    ::close(ends[0]);
    ::close(ends[1]);
}

TEST_F(GatewayLinkTest, WhatIsNoDescriptorEndsIt) {
    link_->send("bad", {9999});
    ASSERT_TRUE(spinUntil([&] { return !broken_.empty(); }));
    EXPECT_FALSE(readSome());
}

TEST_F(GatewayLinkTest, NobodysDescriptorsAreClosed) {
    const std::array<int, 2> ends = pipe();
    const std::string big(1'000'000, 'b');
    link_->send(big);
    link_->send("waits", {ends[1]});
    ::close(ends[1]);
    link_.reset();
    char none = 0;
    EXPECT_EQ(::read(ends[0], &none, 1), 0) << "the last copy is closed with the link";
    ::close(ends[0]);
}

} // namespace
} // namespace keybearer
