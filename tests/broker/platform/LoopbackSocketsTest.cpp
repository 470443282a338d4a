#include "broker/platform/LoopbackSockets.h"

#include "broker/platform/PortOwner.h"

#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace keybearer {
namespace {

std::string textOf(const ErrorDetail* detail) {
    const auto* text = detail == nullptr ? nullptr : std::get_if<std::string>(detail);
    return text == nullptr ? std::string() : *text;
}

std::int64_t numberOf(const ErrorDetail* detail) {
    const auto* number = detail == nullptr ? nullptr : std::get_if<std::int64_t>(detail);
    return number == nullptr ? -1 : *number;
}

bool connects(int family, std::uint16_t port) {
    const int fd = ::socket(family, SOCK_STREAM, 0);
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_port = htons(port);
    v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    v6.sin6_addr = in6addr_loopback;
    const int code = family == AF_INET ? ::connect(fd, reinterpret_cast<sockaddr*>(&v4), sizeof v4)
                                       : ::connect(fd, reinterpret_cast<sockaddr*>(&v6), sizeof v6);
    ::close(fd);
    return code == 0;
}

TEST(LoopbackSockets, SEC_G_01_ItListensAtAddressesOfThisMachineOnly) {
    const Result<LoopbackSockets> sockets = LoopbackSockets::openAny();
    ASSERT_TRUE(sockets) << sockets.error().message;
    EXPECT_GE(sockets->port(), 24000);
    EXPECT_LT(sockets->port(), 32000) << "below what outgoing connections get";
    ASSERT_EQ(sockets->descriptors().size(), sockets->hasIpv6() ? 2U : 1U);
    for (const int fd : sockets->descriptors()) {
        sockaddr_storage address{};
        socklen_t size = sizeof address;
        ASSERT_EQ(::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size), 0);
        if (address.ss_family == AF_INET) {
            EXPECT_EQ(reinterpret_cast<sockaddr_in&>(address).sin_addr.s_addr, htonl(INADDR_LOOPBACK));
        } else {
            EXPECT_TRUE(IN6_IS_ADDR_LOOPBACK(&reinterpret_cast<sockaddr_in6&>(address).sin6_addr));
        }
    }
    EXPECT_TRUE(connects(AF_INET, sockets->port()));
    EXPECT_EQ(connects(AF_INET6, sockets->port()), sockets->hasIpv6());
}

TEST(LoopbackSockets, M2_APortThatIsTakenIsNamedWithWhoHasItAndTheNextFreeOne) {
    const Result<LoopbackSockets> first = LoopbackSockets::openAny();
    ASSERT_TRUE(first);
    const Result<LoopbackSockets> second = LoopbackSockets::open(first->port());
    ASSERT_FALSE(second);
    const Error& error = second.error();
    EXPECT_EQ(error.code, ErrorCode::InvalidRequest);
    EXPECT_EQ(textOf(error.detail("reason")), "port_taken");
    EXPECT_EQ(numberOf(error.detail("port")), first->port());
    const std::int64_t next = numberOf(error.detail("next_free"));
    ASSERT_GT(next, first->port());
    EXPECT_NE(error.action.find("--port " + std::to_string(next)), std::string::npos) << error.action;
    EXPECT_TRUE(LoopbackSockets::open(static_cast<std::uint16_t>(next)));
#ifdef __linux__
    EXPECT_EQ(numberOf(error.detail("pid")), ::getpid());
    EXPECT_NE(error.message.find("platform_tests"), std::string::npos) << error.message;
#endif
}

TEST(LoopbackSockets, APortIsFreeAgainWhenItIsClosed) {
    Result<LoopbackSockets> first = LoopbackSockets::openAny();
    ASSERT_TRUE(first);
    const std::uint16_t port = first->port();
    ASSERT_TRUE(connects(AF_INET, port));
    first->close();
    EXPECT_FALSE(first->isOpen());
    EXPECT_FALSE(connects(AF_INET, port));
    const Result<LoopbackSockets> again = LoopbackSockets::open(port);
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(again->port(), port);
}

TEST(LoopbackSockets, APortIsFreeThoughSomebodyHoldsACopyOfIt) {
    Result<LoopbackSockets> first = LoopbackSockets::openAny();
    ASSERT_TRUE(first);
    const std::uint16_t port = first->port();
    std::vector<int> copies;
    for (const int fd : first->descriptors())
        copies.push_back(::dup(fd));
    first->close();
    EXPECT_FALSE(connects(AF_INET, port)) << "nobody is taken in any more";
    EXPECT_TRUE(LoopbackSockets::open(port));
    for (const int fd : copies)
        ::close(fd);
}

TEST(LoopbackSockets, WhoHasTheOtherAddressIsNoticed) {
    const int theirs = ::socket(AF_INET6, SOCK_STREAM, 0);
    sockaddr_in6 address{};
    socklen_t size = sizeof address;
    address.sin6_family = AF_INET6;
    address.sin6_addr = in6addr_loopback;
    if (::bind(theirs, reinterpret_cast<sockaddr*>(&address), size) != 0) {
        ::close(theirs);
        return; // a system without IPv6 has no such trouble
    }
    ASSERT_EQ(::listen(theirs, 1), 0);
    ASSERT_EQ(::getsockname(theirs, reinterpret_cast<sockaddr*>(&address), &size), 0);
    const std::uint16_t port = ntohs(address.sin6_port);
    const Result<LoopbackSockets> ours = LoopbackSockets::open(port);
    ASSERT_TRUE(ours) << ours.error().message;
    EXPECT_TRUE(ours->twinTaken());
    EXPECT_FALSE(ours->hasIpv6());
    EXPECT_EQ(ours->descriptors().size(), 1U);
    ::close(theirs);
}

#ifdef __linux__
constexpr const char* head =
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";

TEST(PortOwner, TheKernelsTableIsRead) {
    const std::string table =
        std::string(head) +
        "   0: 0100007F:1054 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 777 1 x\n"
        "   1: 0100007F:1054 0100007F:D431 01 00000000:00000000 00:00000000 00000000  1001        0 778 1 x\n"
        "   2: 00000000:1054 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 779 1 x\n"
        "   3: 0200007F:1054 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 780 1 x\n"
        "   4: 0100007F:1055 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 781 1 x\n"
        "   5: 00000000000000000000000001000000:1054 00000000000000000000000000000000:0000 0A 0:0 0:0 0 1000 "
        "0 "
        "782 1 x\n";
    const std::vector<ListeningSocket> found = listenersIn(table, 0x1054);
    ASSERT_EQ(found.size(), 3U);
    EXPECT_EQ(found[0].inode, 777U);
    EXPECT_EQ(found[0].uid, 1000);
    EXPECT_EQ(found[1].inode, 779U) << "who listens everywhere listens here too";
    EXPECT_EQ(found[2].inode, 782U);
}

TEST(PortOwner, WhoIsConnectedIsReadOutOfTheKernelsTable) {
    const std::string table =
        std::string(head) +
        "   0: 0100007F:1054 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 777 1 x\n"
        "   1: 0100007F:1054 0100007F:D431 01 00000000:00000000 00:00000000 00000000  1000        0 778 1 x\n"
        "   2: 0100007F:D431 0100007F:1054 01 00000000:00000000 00:00000000 00000000  1001        0 779 1 x\n"
        "   3: 0100007F:D432 0100007F:1054 06 00000000:00000000 00:00000000 00000000  1002        0 0 1 x\n"
        "   4: 0100007F:D433 0100007F:1055 01 00000000:00000000 00:00000000 00000000  1003        0 780 1 x\n"
        "   5: 00000000000000000000000001000000:D431 00000000000000000000000001000000:1054 05 0:0 0:0 0 1004 "
        "0 "
        "782 1 x\n";
    EXPECT_EQ(usersIn(table, 0x1054), (std::vector<std::int64_t>{1001, 1004}));
    EXPECT_TRUE(usersIn(table, 0x1056).empty());
    EXPECT_TRUE(usersIn(std::string(1000, 'x'), 0x1054).empty());
}

TEST(PortOwner, WeOurselvesAreNoOthers) {
    const Result<LoopbackSockets> ours = LoopbackSockets::openAny();
    ASSERT_TRUE(ours);
    const int client = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(ours->port());
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ASSERT_EQ(::connect(client, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    EXPECT_FALSE(othersAtPort(ours->port()));
    ::close(client);
}

TEST(PortOwner, WhatIsNoTableHoldsNobody) {
    EXPECT_TRUE(listenersIn("", 1).empty());
    EXPECT_TRUE(listenersIn("\n\n\n", 1).empty());
    EXPECT_TRUE(listenersIn(std::string(100000, 'x'), 1).empty());
    EXPECT_TRUE(listenersIn("0: 0100007F:0001 0:0 0A 0 0 0 1000 0", 1).empty()) << "cut off";
    EXPECT_TRUE(listenersIn("0: 0100007F:0001 0:0 0A 0 0 0 who 0 7 1", 1).empty());
    EXPECT_TRUE(listenersIn("0: 0100007F 0:0 0A 0 0 0 0 0 7 1", 1).empty());
    EXPECT_FALSE(ownerOfPort(1).has_value() && ownerOfPort(1)->pid == ::getpid());
}
#endif

} // namespace
} // namespace keybearer
