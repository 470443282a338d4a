#pragma once

#include "broker/gateway/upstream/ServerConnection.h"

#include <string>

namespace keybearer {

// One of the conversations that share a program, as the LocalServer sees it. What it is told it hands on
// later from the event loop: nothing here calls the server back from inside. Event loop thread.
class LocalClient {
public:
    virtual ~LocalClient() = default;
    // The answer to its request.
    virtual void onProgramAnswer(std::string text, const std::string& requestId) = 0;
    // Anything else, with the ids of this client. `requestId`: of the client's request that it belongs to, as
    // far as that can be told; else empty.
    virtual void onProgramMessage(std::string text, const std::string& requestId) = 0;
    virtual void onRequestLost(const std::string& requestId, ServerFailure failure) = 0;
    // In whose name the program may be opened, at the core link.
    [[nodiscard]] virtual const std::string& exchange() const = 0;
    // What waits for the program has become less.
    virtual void onProgramRead() = 0;
};

} // namespace keybearer
