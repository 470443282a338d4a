#include "broker/audit/AuditBrake.h"

#include "broker/base/Text.h"

namespace keybearer {

namespace {

constexpr std::chrono::seconds window{10};
constexpr std::size_t mostRuns =
    256; // programs and reasons; past that a newcomer shares one row with the others

std::string keyOf(const AuditEvent& event) {
    return join({event.kind, event.caller, event.client, event.why}, std::string_view("\0", 1));
}

} // namespace

void AuditBrake::append(AuditEvent event) {
    std::string key = keyOf(event);
    if (!runs_.contains(key) && runs_.size() >= mostRuns) {
        tell();
        if (runs_.size() >= mostRuns)
            key = event.kind;
    }
    const BootTime now = clock_.boot();
    const auto [place, isNew] = runs_.try_emplace(key);
    Run& run = place->second;
    run.last = std::move(event);
    if (!isNew && now - run.since < window) {
        ++run.leftOut;
        log_.leaveOut(run.last);
        return;
    }
    run.since = now;
    write(run);
}

void AuditBrake::tell() {
    const BootTime now = clock_.boot();
    for (auto run = runs_.begin(); run != runs_.end();) {
        if (now - run->second.since < window) {
            ++run;
            continue;
        }
        if (run->second.leftOut > 0) {
            --run->second.leftOut; // the row that says so is one of them
            run->second.last.alreadyTold = true;
            write(run->second);
        }
        run = runs_.erase(run);
    }
}

void AuditBrake::write(Run& run) {
    AuditEvent event = run.last;
    if (run.leftOut > 0) {
        if (!event.detail.empty())
            event.detail += "; ";
        event.detail += "and " + std::to_string(run.leftOut) + " more like this before";
        run.leftOut = 0;
    }
    static_cast<void>(log_.append(event).has_value());
}

} // namespace keybearer
