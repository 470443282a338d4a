#pragma once

#include "broker/audit/AuditChain.h"
#include "broker/audit/AuditSegment.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace keybearer {

// A segment with how far it has come. Whoever holds a copy can read the file even after it has been removed.
struct SegmentProgress {
    std::shared_ptr<AuditSegment> segment;
    std::int64_t flushed = 0;  // bytes handed to the kernel
    std::int64_t synced = 0;   // bytes on the disk
    std::int64_t imported = 0; // bytes in SQLite
};

// The row before the first one that is in a file: where the rows of an empty database begin.
[[nodiscard]] ChainHead rowBefore(const std::vector<SegmentProgress>& segments);

} // namespace keybearer
