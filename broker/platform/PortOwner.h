#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keybearer {

// Who listens at a TCP port of this machine's own addresses: for the message that says why we cannot. What
// cannot be told stays empty: another user's process is known by its user alone. Nothing: nobody does, or
// this system does not say. Reads what the kernel shows of every process, so it is for errors only. Any
// thread.
struct PortOwner {
    std::int64_t uid = -1;
    std::int64_t pid = 0;
    std::string executable;
};
[[nodiscard]] std::optional<PortOwner> ownerOfPort(std::uint16_t port);

// One listening socket of /proc/net/tcp or tcp6 (proc(5)). Pure.
struct ListeningSocket {
    std::int64_t uid = -1;
    std::uint64_t inode = 0;
};
// Those that answer at the port on 127.0.0.1 or [::1], a wildcard address included. Lines that are none are
// left out.
[[nodiscard]] std::vector<ListeningSocket> listenersIn(std::string_view table, std::uint16_t port);

// Whether a program of another user than ours and root is connected to a TCP port of this machine's own
// addresses now; false where this system does not say. Any thread.
[[nodiscard]] bool othersAtPort(std::uint16_t port);
// The users who are, out of /proc/net/tcp or tcp6. Pure.
[[nodiscard]] std::vector<std::int64_t> usersIn(std::string_view table, std::uint16_t port);

} // namespace keybearer
