#pragma once

#include "broker/base/Json.h"
#include "broker/base/Result.h"

#include <chrono>
#include <functional>
#include <string>

namespace keybearer {

// The broker as the gateway sees it: requests and notifications of docs/gateway.md. Event loop thread.
class CorePort {
public:
    virtual ~CorePort() = default;

    // Exactly one call of `done`, later from the event loop: the result, the broker's error, TimedOut after
    // `patience`, or BrokerUnreachable when the link ends. The link itself lives as long as the process.
    virtual void request(const std::string& method, Json params, std::chrono::milliseconds patience,
                         Completion<Json> done) = 0;
    virtual void notify(const std::string& method, Json params) = 0;
};

} // namespace keybearer
