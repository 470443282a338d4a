#pragma once

#include "broker/base/Json.h"
#include "broker/base/Result.h"
#include "broker/gateway/OwnedDescriptor.h"

#include <chrono>
#include <functional>
#include <string>
#include <vector>

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
    // Takes in what the broker has said until now. Called when a client's bytes have just been read, and from
    // nowhere deeper: what was withdrawn before the client spoke is then not used for what it says.
    virtual void catchUp() {}

    // An answer with the descriptors that came along, in their order; none with a failure. What is not taken
    // over is closed.
    using Described = std::function<void(Result<Json> result, std::vector<OwnedDescriptor> descriptors)>;
    virtual void requestDescribed(const std::string& method, Json params, std::chrono::milliseconds patience,
                                  Described done) {
        request(method, std::move(params), patience,
                [done = std::move(done)](Result<Json> result) { done(std::move(result), {}); });
    }
};

} // namespace keybearer
