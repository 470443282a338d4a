#include "broker/platform/PortOwner.h"

#include "broker/platform/linux/ProcLook.h"
#include "broker/platform/linux/ProcText.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <unistd.h>

namespace keybearer {

namespace {

constexpr std::size_t tableLimit = std::size_t{4} << 20; // some 25 000 sockets
constexpr std::string_view listening = "0A";             // TCP_LISTEN
constexpr std::string_view timeWait = "06";              // TCP_TIME_WAIT, which is nobody's any more
// As the kernel writes them: words of 32 bits in the machine's own order. 0.0.0.0, 127.0.0.1, ::, ::1 and
// 127.0.0.1 within IPv6.
constexpr std::array<std::string_view, 5> ours{"00000000", "0100007F", "00000000000000000000000000000000",
                                               "00000000000000000000000001000000",
                                               "0000000000000000FFFF00000100007F"};

std::vector<std::string_view> wordsOf(std::string_view line) {
    std::vector<std::string_view> words;
    while (true) {
        const std::size_t begin = line.find_first_not_of(' ');
        if (begin == std::string_view::npos)
            return words;
        line.remove_prefix(begin);
        const std::size_t end = std::min(line.find(' '), line.size());
        words.push_back(line.substr(0, end));
        line.remove_prefix(end);
    }
}

template <typename Number>
bool readNumber(std::string_view text, Number& number, int base = 10) {
    const auto [stopped, problem] = std::from_chars(text.data(), text.data() + text.size(), number, base);
    return problem == std::errc() && stopped == text.data() + text.size();
}

bool isAt(std::string_view address, std::uint16_t port) {
    const std::size_t colon = address.find(':');
    std::uint32_t number = 0;
    return colon != std::string_view::npos && readNumber(address.substr(colon + 1), number, 16) &&
           number == port && std::find(ours.begin(), ours.end(), address.substr(0, colon)) != ours.end();
}

} // namespace

std::vector<ListeningSocket> listenersIn(std::string_view table, std::uint16_t port) {
    constexpr std::size_t localColumn = 1;
    constexpr std::size_t stateColumn = 3;
    constexpr std::size_t userColumn = 7;
    constexpr std::size_t inodeColumn = 9;
    std::vector<ListeningSocket> out;
    while (!table.empty()) {
        const std::size_t end = std::min(table.find('\n'), table.size());
        const std::vector<std::string_view> words = wordsOf(table.substr(0, end));
        table.remove_prefix(std::min(end + 1, table.size()));
        ListeningSocket socket;
        if (words.size() > inodeColumn && words[stateColumn] == listening && isAt(words[localColumn], port) &&
            readNumber(words[userColumn], socket.uid) && readNumber(words[inodeColumn], socket.inode))
            out.push_back(socket);
    }
    return out;
}

std::optional<PortOwner> ownerOfPort(std::uint16_t port) {
    std::optional<PortOwner> found;
    for (const char* table : {"/proc/net/tcp", "/proc/net/tcp6"}) {
        for (const ListeningSocket& socket :
             listenersIn(readProcFile(table, tableLimit).value_or(std::string()), port)) {
            PortOwner owner;
            owner.uid = socket.uid;
            owner.pid = holderOfSocket(socket.inode);
            if (owner.pid > 0)
                owner.executable = executablePath(owner.pid);
            if (!owner.executable.empty())
                return owner;
            found = std::move(owner);
        }
    }
    return found;
}

std::vector<std::int64_t> usersIn(std::string_view table, std::uint16_t port) {
    constexpr std::size_t remoteColumn = 2;
    constexpr std::size_t stateColumn = 3;
    constexpr std::size_t userColumn = 7;
    std::vector<std::int64_t> out;
    while (!table.empty()) {
        const std::size_t end = std::min(table.find('\n'), table.size());
        const std::vector<std::string_view> words = wordsOf(table.substr(0, end));
        table.remove_prefix(std::min(end + 1, table.size()));
        std::int64_t user = -1;
        if (words.size() > userColumn && isAt(words[remoteColumn], port) && words[stateColumn] != timeWait &&
            readNumber(words[userColumn], user))
            out.push_back(user);
    }
    return out;
}

bool othersAtPort(std::uint16_t port) {
    const auto isAnother = [own = static_cast<std::int64_t>(::getuid())](std::int64_t user) {
        return user != 0 && user != own;
    };
    for (const char* table : {"/proc/net/tcp", "/proc/net/tcp6"}) {
        const std::vector<std::int64_t> users =
            usersIn(readProcFile(table, tableLimit).value_or(std::string()), port);
        if (std::any_of(users.begin(), users.end(), isAnother))
            return true;
    }
    return false;
}

} // namespace keybearer
