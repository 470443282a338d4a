#include "broker/stores/shared/SharedLeases.h"

#include "broker/log/Log.h"

#include <utility>

namespace keybearer {

SharedLeases::SharedLeases(RemoteRecords& records) : records_(records) {
    timer_.setInterval(life / 3);
    connect(&timer_, &QTimer::timeout, this, &SharedLeases::renew);
}

void SharedLeases::take(const std::string& name, Completion<Held> done) {
    records_.lease(name, owner_, life,
                   [this, name, done = std::move(done)](const Result<RemoteRecords::Lease>& lease) {
                       if (!lease)
                           return done(failure(lease.error()));
                       held_[name] = {lease->fence, false};
                       if (!timer_.isActive())
                           timer_.start();
                       done(Held{name, lease->fence, lease->revision, lease->abandoned});
                   });
}

void SharedLeases::giveBack(const std::string& name) {
    const auto held = held_.find(name);
    if (held == held_.end())
        return;
    if (!held->second.lost)
        records_.giveBack(name, owner_, held->second.fence);
    held_.erase(held);
    if (held_.empty())
        timer_.stop();
}

std::uint64_t SharedLeases::fenceOf(const std::string& name) const {
    const auto held = held_.find(name);
    return held == held_.end() ? 0 : held->second.fence;
}

void SharedLeases::dropFence(const std::string& name) {
    if (const auto held = held_.find(name); held != held_.end())
        held->second = {0, true};
}

void SharedLeases::renew() {
    for (const auto& [name, entry] : held_) {
        if (!entry.lost)
            records_.lease(
                name, owner_, life,
                [this, name = name](const Result<RemoteRecords::Lease>& lease) { onRenewed(name, lease); });
    }
}

void SharedLeases::onRenewed(const std::string& name, const Result<RemoteRecords::Lease>& lease) {
    const auto held = held_.find(name);
    if (held == held_.end()) { // given back meanwhile: nobody may wait for its end
        if (lease)
            records_.giveBack(name, owner_, lease->fence);
        return;
    }
    if (lease) {
        // Another fence: it had ended, and nobody else has it now. Whether somebody had it in between shows
        // in the generation.
        held->second.fence = lease->fence;
        return;
    }
    if (lease.error().code != ErrorCode::RateLimited)
        return; // the server is not there; the next turn tries again
    qCWarning(logStore) << "a lease ended before its work was done, and another broker has it now";
    held->second.lost = true; // the fence stays: a write says that it is late
}

} // namespace keybearer
