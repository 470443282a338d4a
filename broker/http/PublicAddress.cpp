#include "broker/http/PublicAddress.h"

#include <array>
#include <cstdint>
#include <utility>

namespace keybearer {

namespace {

struct Network4 {
    std::uint32_t start;
    int bits;
};

constexpr std::uint32_t ip(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
    return (a << 24) | (b << 16) | (c << 8) | d;
}

constexpr std::array closed4{
    Network4{ip(0, 0, 0, 0), 8},       // this host on this network
    Network4{ip(10, 0, 0, 0), 8},      // private
    Network4{ip(100, 64, 0, 0), 10},   // shared: carrier-grade NAT
    Network4{ip(127, 0, 0, 0), 8},     // loopback
    Network4{ip(169, 254, 0, 0), 16},  // link-local, and the metadata services of clouds
    Network4{ip(172, 16, 0, 0), 12},   // private
    Network4{ip(192, 0, 0, 0), 24},    // protocol assignments
    Network4{ip(192, 0, 2, 0), 24},    // documentation
    Network4{ip(192, 88, 99, 0), 24},  // 6to4 relays, deprecated
    Network4{ip(192, 168, 0, 0), 16},  // private
    Network4{ip(198, 18, 0, 0), 15},   // benchmarking
    Network4{ip(198, 51, 100, 0), 24}, // documentation
    Network4{ip(203, 0, 113, 0), 24},  // documentation
    Network4{ip(224, 0, 0, 0), 3},     // multicast, reserved, broadcast
};

bool isPublic4(std::uint32_t address) {
    for (const Network4& network : closed4) {
        if ((address >> (32 - network.bits)) == (network.start >> (32 - network.bits)))
            return false;
    }
    return true;
}

std::uint32_t word(const Q_IPV6ADDR& bytes, int at) {
    return ip(bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]);
}

bool isPublic6(const Q_IPV6ADDR& bytes) {
    const std::uint32_t first = word(bytes, 0);
    const std::uint32_t second = word(bytes, 4);
    const std::uint32_t third = word(bytes, 8);
    if (first == 0x0064FF9BU && second == 0 && third == 0) // 64:ff9b::/96, the translators' own prefix
        return isPublic4(word(bytes, 12));
    if (first == 0 && second == 0 && third == 0x0000FFFFU) // ::ffff:0:0/96, mapped
        return isPublic4(word(bytes, 12));
    if ((first >> 16) == 0x2002U) // 6to4
        return isPublic4(((first & 0xFFFFU) << 16) | (second >> 16));
    if ((first >> 29) != 1) // only 2000::/3 is handed out; the rest is local, multicast or reserved
        return false;
    if (first == 0x20010DB8U || (first >> 12) == 0x3FFF0U) // documentation
        return false;
    return (first >> 9) != (0x20010000U >> 9); // 2001::/23: Teredo, ORCHID, benchmarking
}

} // namespace

bool isPublicAddress(const QHostAddress& address) {
    if (address.protocol() == QAbstractSocket::IPv4Protocol)
        return isPublic4(address.toIPv4Address());
    return address.protocol() == QAbstractSocket::IPv6Protocol && address.scopeId().isEmpty() &&
           isPublic6(address.toIPv6Address());
}

} // namespace keybearer
