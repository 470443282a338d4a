#pragma once

#include "broker/gateway/upstream/Authorizer.h"
#include "broker/gateway/upstream/ServerConnection.h"
#include "broker/gateway/upstream/UpstreamRequest.h"

#include <chrono>

namespace keybearer {

// What every connection to one server needs.
struct ServerAddress {
    std::string url;
    std::chrono::seconds timeout{30}; // until the head of an answer; a stream may be silent longer
    std::string proxy;                // empty: the environment's
    std::string noProxy;
    std::string caFile; // PEM, beside the system's; empty: none
};

// The references live longer than the connection.
struct ConnectionSetup {
    ServerAddress address;
    UpstreamStarter& pool;
    Authorizer& authorizer;
    ServerListener& listener;
};

// Streamable HTTP of 2026-07-28: one POST a request, its stream is its life.
[[nodiscard]] std::unique_ptr<ServerConnection> connectModern(ConnectionSetup setup);
// Streamable HTTP of 2025-03-26 to 2025-11-25: session, GET stream, resumption with Last-Event-ID. With
// `sseFallback` a 400, 404 or 405 to the first POST is answered by trying HTTP with SSE of 2024-11-05.
[[nodiscard]] std::unique_ptr<ServerConnection> connectLegacy(ConnectionSetup setup, bool sseFallback);

} // namespace keybearer
