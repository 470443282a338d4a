#pragma once

#include "broker/rpc/MethodTable.h"

namespace keybearer {

// caller.show: what the broker sees of whoever asks, and of the program that started it. Owned by the Broker;
// event loop thread.
class CallerMethods {
public:
    // Measures a process that has not connected.
    using Describe = std::function<void(std::int64_t pid, const std::function<void(Result<Caller>)>& done)>;

    explicit CallerMethods(Describe describe) : describe_(std::move(describe)) {}
    void addTo(MethodTable& table);

private:
    Describe describe_;
};

} // namespace keybearer
