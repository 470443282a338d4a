// The core link over a socketpair: what comes along with its messages.
#include "broker/gateway/CoreLink.h"
#include "broker/gateway/LoopTimers.h"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstring>

using namespace keybearer;
using namespace std::chrono_literals;

namespace {

struct LinkWorld {
    LinkWorld() {
        std::array<int, 2> pair{};
        EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, pair.data()), 0);
        broker = OwnedDescriptor(pair[0]);
        link = std::make_unique<CoreLink>(loop, timers, pair[1]);
        link->start(
            [this](const std::string& method, const Json& params, std::vector<OwnedDescriptor> along) {
                methods.push_back(method);
                notes.push_back(params);
                for (OwnedDescriptor& one : along)
                    received.push_back(std::move(one));
            },
            [this] { ended = true; });
    }
    // A line with descriptors of these texts: what is written into them can be read there.
    void send(const std::string& line, const std::vector<std::string>& texts) {
        std::vector<OwnedDescriptor> ends;
        std::vector<int> numbers;
        for (const std::string& text : texts) {
            std::array<int, 2> pipe{};
            EXPECT_EQ(::pipe(pipe.data()), 0);
            EXPECT_EQ(::write(pipe[1], text.data(), text.size()), static_cast<ssize_t>(text.size()));
            ::close(pipe[1]);
            ends.emplace_back(pipe[0]);
            numbers.push_back(pipe[0]);
        }
        iovec part{const_cast<char*>(line.data()), line.size()};
        msghdr message{};
        message.msg_iov = &part;
        message.msg_iovlen = 1;
        std::vector<char> control(CMSG_SPACE(sizeof(int) * numbers.size()));
        if (!numbers.empty()) {
            message.msg_control = control.data();
            message.msg_controllen = control.size();
            cmsghdr* header = CMSG_FIRSTHDR(&message);
            header->cmsg_level = SOL_SOCKET;
            header->cmsg_type = SCM_RIGHTS;
            header->cmsg_len = CMSG_LEN(sizeof(int) * numbers.size());
            std::memcpy(CMSG_DATA(header), numbers.data(), sizeof(int) * numbers.size());
        }
        EXPECT_EQ(::sendmsg(broker.get(), &message, MSG_NOSIGNAL), static_cast<ssize_t>(line.size()));
    }
    void until(const std::function<bool()>& so) {
        const auto end = std::chrono::steady_clock::now() + 10s;
        while (!so() && std::chrono::steady_clock::now() < end) {
            loop.restart();
            loop.run_for(2ms);
        }
        EXPECT_TRUE(so());
    }
    static std::string textOf(const OwnedDescriptor& descriptor) {
        std::array<char, 64> text{};
        const ssize_t size = ::read(descriptor.get(), text.data(), text.size());
        return size > 0 ? std::string(text.data(), static_cast<std::size_t>(size)) : std::string();
    }

    boost::asio::io_context loop;
    LoopTimers timers{loop};
    OwnedDescriptor broker;
    std::unique_ptr<CoreLink> link;
    std::vector<std::string> methods;
    std::vector<Json> notes;
    std::vector<OwnedDescriptor> received;
    bool ended = false;
};

std::string note(const std::string& params) {
    return R"({"jsonrpc":"2.0","method":"door.open","params":)" + params + "}\n";
}

TEST(CoreLink, DescriptorsComeWithTheMessageThatNamesThemInTheirOrder) {
    LinkWorld world;
    world.send(note(R"({"kind":"http","descriptors":2})"), {"one", "two"});
    world.send(note(R"({"kind":"socket","descriptors":1})") + note("{}"), {"three"});
    world.until([&] { return world.methods.size() == 3; });
    ASSERT_EQ(world.received.size(), 3U);
    EXPECT_EQ(LinkWorld::textOf(world.received[0]), "one");
    EXPECT_EQ(LinkWorld::textOf(world.received[1]), "two");
    EXPECT_EQ(LinkWorld::textOf(world.received[2]), "three");
    for (const OwnedDescriptor& one : world.received)
        EXPECT_NE(::fcntl(one.get(), F_GETFD) & FD_CLOEXEC, 0);
    EXPECT_FALSE(world.ended);
}

TEST(CoreLink, CatchingUpTakesInAllThatHasBeenSaid) {
    LinkWorld world;
    const std::string longText(20'000, 'x');
    for (int i = 0; i < 3; ++i)
        world.send(R"({"jsonrpc":"2.0","method":"exchange.stale","params":{"text":")" + longText + "\"}}\n",
                   {});
    world.link->catchUp();
    EXPECT_EQ(world.methods.size(), 3U);
    world.link->catchUp();
    EXPECT_EQ(world.methods.size(), 3U);
    world.broker = OwnedDescriptor();
    world.link->catchUp();
    EXPECT_TRUE(world.ended);
}

TEST(CoreLink, AnAnswerBringsDescriptorsToo) {
    LinkWorld world;
    std::vector<OwnedDescriptor> along;
    Json answer;
    world.link->requestDescribed("local.open", Json::object(), 5s,
                                 [&](Result<Json> result, std::vector<OwnedDescriptor> descriptors) {
                                     ASSERT_TRUE(result);
                                     answer = *result;
                                     along = std::move(descriptors);
                                 });
    world.send(R"({"jsonrpc":"2.0","id":1,"result":{"instance":"i","descriptors":2}})"
               "\n",
               {"in", "out"});
    world.until([&] { return along.size() == 2; });
    EXPECT_EQ(answer["instance"], "i");
    EXPECT_EQ(LinkWorld::textOf(along[1]), "out");
}

TEST(CoreLink, DescriptorsThatNobodyTookAreClosed) {
    LinkWorld world;
    std::array<int, 2> pair{};
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, pair.data()), 0);
    OwnedDescriptor far(pair[0]);
    bool answered = false;
    world.link->request("local.open", Json::object(), 5s, [&](const Result<Json>&) { answered = true; });
    const std::string line = R"({"jsonrpc":"2.0","id":1,"result":{"descriptors":1}})"
                             "\n";
    iovec part{const_cast<char*>(line.data()), line.size()};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    cmsghdr* header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    std::memcpy(CMSG_DATA(header), &pair[1], sizeof(int));
    ASSERT_GT(::sendmsg(world.broker.get(), &message, MSG_NOSIGNAL), 0);
    ::close(pair[1]);
    world.until([&] { return answered; });
    char byte = 0;
    EXPECT_EQ(::read(far.get(), &byte, 1), 0); // its other end is closed
}

TEST(CoreLink, AMessageThatNamesMoreThanCameEndsTheLink) {
    for (const char* params : {R"({"descriptors":2})", R"({"descriptors":-1})"}) {
        LinkWorld world;
        world.send(note(params), {"one"});
        world.until([&] { return world.ended; });
        EXPECT_TRUE(world.methods.empty());
    }
}

TEST(CoreLink, DescriptorsThatNoMessageNamesAreBounded) {
    LinkWorld world;
    for (int i = 0; i < 8 && !world.ended; ++i) {
        world.send(note("{}"), std::vector<std::string>(10, "x"));
        world.until([&] { return world.ended || world.methods.size() == static_cast<std::size_t>(i) + 1; });
    }
    EXPECT_TRUE(world.ended);
    EXPECT_LE(world.methods.size(), 6U);
}

} // namespace
