#pragma once

#include "broker/rpc/MethodTable.h"

namespace keybearer {

// What demo.* needs of whoever keeps the demo provider.
class DemoDesk {
public:
    virtual ~DemoDesk() = default;
    // {"running", "provider"?, "issuer"?, "sessions"}
    [[nodiscard]] virtual Json status() const = 0;
    // Again, if it runs already. InvalidRequest: the gateway is not open, or the name is taken.
    [[nodiscard]] virtual Result<void> start() = 0;
    // Completes when what it left behind is erased.
    virtual void stop(Completion<void> done) = 0;
};

// demo.start, .stop, .status: the provider for trying things out. Owned by the Broker; event loop thread.
class DemoMethods {
public:
    explicit DemoMethods(DemoDesk& desk) : desk_(desk) {}
    void addTo(MethodTable& table);

private:
    DemoDesk& desk_;
};

} // namespace keybearer
