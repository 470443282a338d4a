#include "broker/stores/shared/RemoteRecords.h"

namespace keybearer {

Error superseded(std::uint64_t revision) {
    return Error(ErrorCode::InvalidRequest, "another broker has written this record meanwhile")
        .with("superseded", static_cast<std::int64_t>(revision));
}

} // namespace keybearer
