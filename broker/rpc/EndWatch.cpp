#include "broker/rpc/EndWatch.h"

#include <utility>

namespace keybearer {

void EndWatch::opened(const std::shared_ptr<const ProcessPin>& pin) {
    if (pin == nullptr)
        return;
    const auto [tag, isNew] = tags_.try_emplace(pin.get(), tagBit | next_);
    Entry& entry = entries_[tag->second];
    ++entry.connections;
    if (!isNew)
        return;
    ++next_;
    entry.pin = pin;
    entry.watched = readiness_.watchEnd(*pin, tag->second);
}

void EndWatch::closed(const std::shared_ptr<const ProcessPin>& pin) {
    const auto tag = tags_.find(pin.get());
    if (tag == tags_.end())
        return;
    const auto entry = entries_.find(tag->second);
    if (--entry->second.connections > 0)
        return;
    if (entry->second.watched)
        readiness_.forgetEnd(*pin);
    entries_.erase(entry);
    tags_.erase(tag);
}

// An ended process stays ended: watched on, it would wake us for ever.
std::shared_ptr<const ProcessPin> EndWatch::ended(std::uint64_t tag) {
    const auto entry = entries_.find(tag);
    if (entry == entries_.end())
        return nullptr;
    if (std::exchange(entry->second.watched, false))
        readiness_.forgetEnd(*entry->second.pin);
    return entry->second.pin;
}

} // namespace keybearer
