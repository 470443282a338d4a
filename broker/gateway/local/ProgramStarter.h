#pragma once

#include "broker/base/Result.h"
#include "broker/gateway/local/LocalWire.h"

#include <chrono>
#include <memory>
#include <string>

namespace keybearer {

// Gets at the program of a local service: the broker starts it and passes its pipes (local.open of
// docs/gateway-http.md). This process starts nothing and could not. Event loop thread.
class ProgramStarter {
public:
    struct Started {
        std::string instance; // its name at the core link
        std::unique_ptr<LocalWire> wire;
        std::chrono::seconds idle{600}; // after which it is to be closed
    };
    virtual ~ProgramStarter() = default;
    // Completes once, later from the event loop. The listener outlives the wire.
    virtual void open(const std::string& exchange, LocalWire::Listener& listener,
                      Completion<Started> done) = 0;
    // Nobody needs it any more: it is ended. Its pipes are closed by whoever holds the wire.
    virtual void close(const std::string& instance) = 0;
};

} // namespace keybearer
