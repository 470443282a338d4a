#pragma once

#include "broker/rpc/RpcLimits.h"

#include <cstddef>
#include <cstdint>
#include <unordered_map>

namespace keybearer {

// Who may still connect: so many all in all, and no single process so many that others go short.
class ConnectionQuota {
public:
    explicit ConnectionQuota(const RpcLimits& limits) : limits_(limits) {}

    [[nodiscard]] bool allows(std::int64_t pid) const;
    void opened(std::int64_t pid);
    void closed(std::int64_t pid);
    [[nodiscard]] std::size_t total() const { return total_; }

private:
    const RpcLimits& limits_;
    std::unordered_map<std::int64_t, std::size_t> perProcess_;
    std::size_t total_ = 0;
};

} // namespace keybearer
