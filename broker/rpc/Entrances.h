#pragma once

#include "broker/access/Caller.h"
#include "broker/base/Result.h"
#include "broker/platform/Readiness.h"
#include "broker/rpc/Doorkeeper.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace keybearer {

// The sockets that the broker listens on, each with the doorkeeper who stands there. Owned by the RpcServer;
// event loop thread; never blocks.
class Entrances {
public:
    // `user`: whose programs are served.
    Entrances(Readiness& readiness, std::int64_t user, const ConnectionQuota& quota)
        : readiness_(readiness), user_(user), quota_(quota) {}

    // `fd` listens, stays the caller's and is watched until shut(). Once a door.
    [[nodiscard]] Result<void> open(int fd, Door door);
    // Nobody comes in any more: whoever connects waits in the queue.
    void shut();

    // Tags of their own in the readiness set, counted from its end; slots of connections begin at the other.
    [[nodiscard]] static bool isTag(std::uint64_t tag);
    // The next one who waits there; Nobody if it was shut meanwhile. Stuck: it is not watched any more until
    // watchAgain().
    [[nodiscard]] Doorkeeper::Outcome next(std::uint64_t tag, Doorkeeper::Arrival& arrival);
    // Of one who has just arrived.
    [[nodiscard]] Door doorOf(std::uint64_t tag) const;
    // There may be descriptors again.
    void watchAgain();

private:
    // One listening socket.
    struct Entrance {
        int listener;
        Door door;
        std::unique_ptr<Doorkeeper> keeper;
        bool stuck = false; // not watched, because no descriptor is left
    };

    Readiness& readiness_;
    std::int64_t user_;
    const ConnectionQuota& quota_;
    std::vector<Entrance> entrances_;
};

} // namespace keybearer
