#include "broker/rpc/ConnectionTable.h"

#include <algorithm>
#include <utility>

namespace keybearer {

ConnectionTable::Slot ConnectionTable::nextSlot() {
    if (free_.empty()) {
        free_.push_back(slots_.size());
        slots_.emplace_back();
    }
    return free_.back();
}

void ConnectionTable::put(std::shared_ptr<RpcConnection> connection) {
    free_.pop_back();
    quota_.opened(connection->pid());
    const Slot slot = connection->slot;
    slots_[slot] = std::move(connection);
}

std::shared_ptr<RpcConnection> ConnectionTable::take(Slot slot) {
    std::shared_ptr<RpcConnection> connection = std::move(slots_[slot]);
    if (connection == nullptr)
        return nullptr;
    quota_.closed(connection->pid());
    free_.push_back(slot);
    return connection;
}

RpcConnection* ConnectionTable::find(std::uint64_t id) const {
    const auto found = std::find_if(slots_.begin(), slots_.end(), [id](const auto& each) {
        return each && each->id() == id && !each->dropped();
    });
    return found == slots_.end() ? nullptr : found->get();
}

void ConnectionTable::dropAllOf(const std::shared_ptr<const ProcessPin>& process) const {
    for (const auto& connection : slots_) {
        const bool handedOver = connection && connection->caller && !connection->caller->capability.empty() &&
                                connection->caller->process == nullptr;
        if (connection && connection->process()->pin == process && !handedOver)
            connection->drop();
    }
}

} // namespace keybearer
