#include "broker/rpc/ConnectionQuota.h"

namespace keybearer {

bool ConnectionQuota::allows(std::int64_t pid) const {
    if (total_ >= limits_.connections)
        return false;
    if (total_ < limits_.crowdedAt)
        return true;
    const auto held = perProcess_.find(pid);
    return held == perProcess_.end() || held->second < limits_.connectionsPerProcess;
}

void ConnectionQuota::opened(std::int64_t pid) {
    ++total_;
    ++perProcess_[pid];
}

void ConnectionQuota::closed(std::int64_t pid) {
    const auto held = perProcess_.find(pid);
    if (held == perProcess_.end())
        return;
    --total_;
    if (--held->second == 0)
        perProcess_.erase(held);
}

} // namespace keybearer
