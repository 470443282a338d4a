#include "broker/http/OriginTurns.h"

#include <algorithm>
#include <utility>

namespace keybearer {

OriginTurns::Turn::~Turn() {
    turns_.leave(*this);
}

std::unique_ptr<OriginTurns::Turn> OriginTurns::wait(const std::string& origin, std::function<void()> come) {
    std::unique_ptr<Turn> turn(new Turn(*this, origin, std::move(come)));
    queues_[origin].waiting.push_back(turn.get());
    callNext(origin);
    return turn;
}

void OriginTurns::callNext(const std::string& origin) {
    QMetaObject::invokeMethod(
        &loop_, [this, origin] { call(origin); }, Qt::QueuedConnection);
}

void OriginTurns::call(const std::string& origin) {
    const auto found = queues_.find(origin);
    if (found == queues_.end() || found->second.waiting.empty() || found->second.running >= mostAtOnce)
        return;
    Turn* next = found->second.waiting.front();
    found->second.waiting.pop_front();
    ++found->second.running;
    const std::function<void()> come = std::exchange(next->come_, nullptr);
    come(); // last: it may destroy the turn
}

void OriginTurns::leave(Turn& turn) {
    Queue& queue = queues_[turn.origin_];
    if (turn.come_)
        queue.waiting.remove(&turn);
    else
        --queue.running;
    if (queue.running == 0 && queue.waiting.empty())
        queues_.erase(turn.origin_);
    else
        callNext(turn.origin_);
}

} // namespace keybearer
