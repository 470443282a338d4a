#include "broker/audit/SegmentProgress.h"

#include "broker/audit/AuditRow.h"

namespace keybearer {

ChainHead rowBefore(const std::vector<SegmentProgress>& segments) {
    for (const SegmentProgress& part : segments) {
        ChainHead before{part.segment->firstSequence() - 1, {}};
        const auto read =
            eachLine(*part.segment, 0, part.segment->length(), [&before](std::string_view line) {
                if (const auto row = parseAuditLine(line))
                    before = {row->sequence - 1, row->prev};
                return false;
            });
        if (read && part.segment->length() > 0)
            return before;
    }
    return {};
}

} // namespace keybearer
