#include "broker/access/Denials.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::chrono::minutes denialWindow{10};
constexpr std::chrono::minutes quarantineLength{10};
constexpr std::chrono::minutes abandonWindow{1};
constexpr std::size_t mostPrograms = 512;

void dropBefore(std::deque<BootTime>& times, BootTime limit) {
    while (!times.empty() && times.front() <= limit)
        times.pop_front();
}

std::optional<std::chrono::seconds> leftUntil(BootTime end, BootTime now) {
    return end > now ? std::optional(std::chrono::ceil<std::chrono::seconds>(end - now)) : std::nullopt;
}

} // namespace

bool Denials::deny(const std::string& program, Patience patience) {
    const BootTime now = clock_.boot();
    Record& record = recordOf(program);
    record.denied.push_back(now);
    dropBefore(record.denied, now - denialWindow);
    if (record.denied.size() < patience.denials)
        return false;
    record.denied.clear();
    record.quarantinedUntil = now + quarantineLength;
    return true;
}

void Denials::abandon(const std::string& program) {
    const BootTime now = clock_.boot();
    Record& record = recordOf(program);
    record.abandoned.push_back(now);
    dropBefore(record.abandoned, now - abandonWindow);
}

std::optional<std::chrono::seconds> Denials::quarantine(const std::string& program) const {
    const auto found = records_.find(program);
    if (found == records_.end() || !found->second.quarantinedUntil)
        return std::nullopt;
    return leftUntil(*found->second.quarantinedUntil, clock_.boot());
}

std::optional<std::chrono::seconds> Denials::pause(const std::string& program, Patience patience) const {
    const auto found = records_.find(program);
    if (found == records_.end() || found->second.abandoned.size() < patience.abandoned)
        return std::nullopt;
    // The one that must fall out of the window before there are few enough of them.
    const std::deque<BootTime>& times = found->second.abandoned;
    return leftUntil(times[times.size() - patience.abandoned] + abandonWindow, clock_.boot());
}

Denials::Record& Denials::recordOf(const std::string& program) {
    if (records_.size() >= mostPrograms && !records_.contains(program))
        forgetOld();
    return records_[program];
}

void Denials::forgetOld() {
    const BootTime now = clock_.boot();
    const auto lastEvent = [](const Record& record) {
        BootTime last = record.quarantinedUntil.value_or(BootTime{});
        if (!record.denied.empty())
            last = std::max(last, record.denied.back());
        if (!record.abandoned.empty())
            last = std::max(last, record.abandoned.back());
        return last;
    };
    std::erase_if(records_, [&](const auto& one) { return lastEvent(one.second) <= now - denialWindow; });
    if (records_.size() < mostPrograms)
        return;
    records_.erase(std::min_element(records_.begin(), records_.end(), [&](const auto& a, const auto& b) {
        return lastEvent(a.second) < lastEvent(b.second);
    }));
}

} // namespace keybearer
