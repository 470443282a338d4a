#pragma once

#include "broker/rpc/ConnectionQuota.h"
#include "broker/rpc/RpcConnection.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace keybearer {

// The open connections, each in a slot whose number is its tag in the readiness set. A slot that was left is
// taken again; an empty one holds null. Owned by the RpcServer; event loop thread.
class ConnectionTable {
public:
    using Slot = std::size_t;

    explicit ConnectionTable(const RpcLimits& limits) : quota_(limits) {}

    // The slot that the next connection gets; it stays free until then.
    [[nodiscard]] Slot nextSlot();
    // Into the slot that it names, which is nextSlot().
    void put(std::shared_ptr<RpcConnection> connection);
    // Out of its slot; null if it is empty already.
    [[nodiscard]] std::shared_ptr<RpcConnection> take(Slot slot);

    [[nodiscard]] const std::shared_ptr<RpcConnection>& operator[](Slot slot) const { return slots_[slot]; }
    [[nodiscard]] auto begin() const { return slots_.begin(); }
    [[nodiscard]] auto end() const { return slots_.end(); }
    // By its number, unless it was dropped; null if there is none.
    [[nodiscard]] RpcConnection* find(std::uint64_t id) const;

    // The program that connected has ended, and whoever holds its end of a connection now was never measured
    // (T-03). A connection that was handed over with a capability (ConnectionDesk::become) is another's, and
    // ended by whoever issued that.
    void dropAllOf(const std::shared_ptr<const ProcessPin>& process) const;

    // How many there are, and who may have more.
    [[nodiscard]] const ConnectionQuota& quota() const { return quota_; }

private:
    ConnectionQuota quota_;
    std::vector<std::shared_ptr<RpcConnection>> slots_;
    std::vector<Slot> free_;
};

} // namespace keybearer
