#include "broker/rpc/Entrances.h"

#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

namespace keybearer {

namespace {

constexpr std::uint64_t lastTag = ~std::uint64_t{0}; // of the first entrance; the second has the one before
constexpr std::uint64_t mostEntrances = 2;

std::uint64_t tagOf(std::size_t entrance) {
    return lastTag - entrance;
}

std::size_t entranceOf(std::uint64_t tag) {
    return static_cast<std::size_t>(lastTag - tag);
}

} // namespace

Result<void> Entrances::open(int fd, Door door) {
    if (entrances_.size() == mostEntrances || !readiness_.add(fd, tagOf(entrances_.size())))
        return failure(ErrorCode::InternalError,
                       std::string("cannot watch the socket: ") + std::strerror(errno));
    entrances_.push_back({fd, door, std::make_unique<Doorkeeper>(fd, user_, quota_)});
    return {};
}

void Entrances::shut() {
    for (const Entrance& entrance : entrances_)
        readiness_.remove(entrance.listener);
    entrances_.clear();
}

bool Entrances::isTag(std::uint64_t tag) {
    return tag > lastTag - mostEntrances;
}

Doorkeeper::Outcome Entrances::next(std::uint64_t tag, Doorkeeper::Arrival& arrival) {
    const std::size_t number = entranceOf(tag);
    if (number >= entrances_.size())
        return Doorkeeper::Outcome::Nobody;
    Entrance& here = entrances_[number];
    const Doorkeeper::Outcome outcome = here.keeper->next(arrival);
    if (outcome == Doorkeeper::Outcome::Stuck) {
        here.stuck = true;
        readiness_.watch(here.listener, tag, false, false);
    }
    return outcome;
}

Door Entrances::doorOf(std::uint64_t tag) const {
    return entrances_[entranceOf(tag)].door;
}

void Entrances::watchAgain() {
    for (std::size_t i = 0; i < entrances_.size(); ++i) {
        if (std::exchange(entrances_[i].stuck, false))
            readiness_.watch(entrances_[i].listener, tagOf(i), true, false);
    }
}

} // namespace keybearer
