// Arbitrary bytes as what a broker sends, on a connection of our own and on one that was handed over. The
// client has to come back with an answer, an event or an error, and may hold no more than the framer's limit.
#include "app/client/LineClient.h"

#include <cstddef>
#include <cstdint>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using namespace keybearer;

constexpr std::size_t socketBuffer = 65536; // what a socket takes without anybody reading

void drive(LineClient& client) {
    constexpr int mostArrivals = 64;
    client.post("token.get", Json::object());
    for (int i = 0; i < mostArrivals; ++i) {
        const Result<Arrival> arrival = client.next(std::chrono::milliseconds(1'000));
        if (!arrival || arrival->kind == Arrival::Kind::TimedOut)
            break;
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    for (const bool handedOver : {false, true}) {
        int ends[2] = {-1, -1};
        if (size > socketBuffer ||
            ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) != 0)
            return 0;
        [[maybe_unused]] const ssize_t sent = ::send(ends[1], data, size, MSG_NOSIGNAL);
        ::shutdown(ends[1], SHUT_WR);
        if (handedOver) {
            if (const auto client = LineClient::adopt(ends[0], HelloParams()))
                drive(**client);
            ::close(ends[0]);
        } else {
            LineClient client(ends[0], HelloParams());
            drive(client);
        }
        ::close(ends[1]);
    }
    return 0;
}
