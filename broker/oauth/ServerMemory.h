#pragma once

#include "broker/base/Clock.h"
#include "broker/oauth/JwkSet.h"

#include <optional>
#include <string>

namespace keybearer {

// What one authorization server told us that the next question to it needs. Shared by all who talk to that
// server (AuthorizationServer::memory), so that a nonce is asked for once and its keys are read once an hour.
// Nothing in it is secret. Event loop thread.
struct ServerMemory {
    std::string dpopNonce;      // the newest of RFC 9449 section 8; empty: none was given
    std::optional<JwkSet> keys; // of jwks_uri
    BootTime keysReadAt{};
};

} // namespace keybearer
