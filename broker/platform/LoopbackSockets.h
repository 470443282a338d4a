#pragma once

#include "broker/base/Result.h"

#include <cstdint>
#include <vector>

namespace keybearer {

// One TCP port of this machine's own addresses, 127.0.0.1 and, where the system has it, [::1]; listening,
// non-blocking, close-on-exec. No other address can be named, so none is ever opened (SEC-G-01). Closed with
// this object, and with them all copies of them.
class LoopbackSockets {
public:
    // The port may not be 0. InvalidRequest if it is taken (details "reason": port_taken, "port",
    // "next_free", and as far as it can be told "program" and "pid") or not ours to open.
    [[nodiscard]] static Result<LoopbackSockets> open(std::uint16_t port);
    // A port that is free on both addresses, out of those that the system gives to no outgoing connection.
    [[nodiscard]] static Result<LoopbackSockets> openAny();

    LoopbackSockets() = default;
    ~LoopbackSockets() { close(); }
    LoopbackSockets(LoopbackSockets&& other) noexcept;
    LoopbackSockets& operator=(LoopbackSockets&& other) noexcept;
    LoopbackSockets(const LoopbackSockets&) = delete;
    LoopbackSockets& operator=(const LoopbackSockets&) = delete;
    void close() noexcept;

    [[nodiscard]] bool isOpen() const { return v4_ >= 0; }
    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] bool hasIpv6() const { return v6_ >= 0; }
    // The same port of [::1] is another program's: whoever says "localhost" may reach that one.
    [[nodiscard]] bool twinTaken() const { return twinTaken_; }
    [[nodiscard]] std::vector<int> descriptors() const;

private:
    std::uint16_t port_ = 0;
    int v4_ = -1;
    int v6_ = -1;
    bool twinTaken_ = false;
};

} // namespace keybearer
