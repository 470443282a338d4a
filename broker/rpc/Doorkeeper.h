#pragma once

#include "broker/platform/Measurement.h"
#include "broker/platform/PeerProcess.h"
#include "broker/rpc/ConnectionQuota.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>

namespace keybearer {

// Takes clients off the listening socket and turns away whom the broker does not serve: another user, one too
// many, one whose process has ended, and anybody when we have no descriptor left. Owned by the RpcServer;
// event loop thread; never blocks.
class Doorkeeper {
public:
    struct Arrival {
        int fd = -1; // close-on-exec; the caller's from now on
        std::shared_ptr<const PeerProcess> process;
        std::optional<Measurement> measured; // nothing of a process of which nothing is known
    };
    enum class Outcome {
        Arrived,
        Refused, // somebody was there and is gone
        Nobody,
        Stuck, // somebody is there and cannot even be turned away: try later
    };

    // `listener` stays the caller's.
    Doorkeeper(int listener, std::int64_t user, const ConnectionQuota& quota);
    ~Doorkeeper();
    Doorkeeper(const Doorkeeper&) = delete;
    Doorkeeper& operator=(const Doorkeeper&) = delete;

    [[nodiscard]] Outcome next(Arrival& arrival);

private:
    // False if the process has ended.
    [[nodiscard]] bool measure(Arrival& arrival, const PeerCredentials& peer);
    [[nodiscard]] Outcome shed();
    void openSpare();

    int listener_;
    std::int64_t user_; // whose programs are served
    const ConnectionQuota& quota_;
    // One for all connections of a process; kept alive by them.
    std::unordered_map<std::int64_t, std::weak_ptr<const ProcessPin>> pins_;
    int spare_ = -1; // given up to accept and close a client when no descriptor is left
};

} // namespace keybearer
