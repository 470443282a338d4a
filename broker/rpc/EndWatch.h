#pragma once

#include "broker/platform/PeerProcess.h"
#include "broker/platform/Readiness.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <unordered_map>

namespace keybearer {

// Which processes have connections, and that one of them ended. One entry a process, however many connections
// it has; while they live they cost nothing. Owned by the RpcServer; event loop thread.
class EndWatch {
public:
    // Tags of its own in the readiness set: this bit, which neither slots nor listeners have alone.
    static constexpr std::uint64_t tagBit = std::uint64_t{1} << 62U;

    explicit EndWatch(Readiness& readiness) : readiness_(readiness) {}

    void opened(const std::shared_ptr<const ProcessPin>& pin);
    void closed(const std::shared_ptr<const ProcessPin>& pin);
    // The process that an event with this tag is about, which is not watched any more; null if it is known no
    // longer.
    [[nodiscard]] std::shared_ptr<const ProcessPin> ended(std::uint64_t tag);

private:
    struct Entry {
        std::shared_ptr<const ProcessPin> pin;
        std::size_t connections = 0;
        bool watched = false;
    };

    Readiness& readiness_;
    std::unordered_map<std::uint64_t, Entry> entries_; // by tag
    std::unordered_map<const ProcessPin*, std::uint64_t> tags_;
    std::uint64_t next_ = 0;
};

} // namespace keybearer
