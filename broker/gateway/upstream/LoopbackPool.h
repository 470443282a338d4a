#pragma once

#include "broker/gateway/upstream/UpstreamRequest.h"

#include <boost/asio/io_context.hpp>

#include <memory>

namespace keybearer {

// Connections to HTTP/1.1 servers of this machine, without TLS: what libcurl does in the UpstreamPool, at a
// part of its cost (docs/adr/0009-gateway-fast-path.md). The same bounds: a head of 64 KiB and 1000 fields,
// deadlines for the connection, the head and a body that is no event stream; trailers are dropped. Connects
// to loopback addresses and to nothing else (SEC-C-21), whatever a name says. Sends nothing twice but what is
// repeatable and died with a kept connection. What is not passed on verbatim is asked for without
// compression, and an answer that is packed all the same is an error.
//
// One instance, owned by the process; event loop thread; lives longer than the calls it gave out and shorter
// than the loop.
class LoopbackPool : public UpstreamStarter {
public:
    explicit LoopbackPool(boost::asio::io_context& loop);
    ~LoopbackPool() override;
    LoopbackPool(const LoopbackPool&) = delete;
    LoopbackPool& operator=(const LoopbackPool&) = delete;

    // The request's url is http and names this machine; any other fails with an error.
    [[nodiscard]] std::unique_ptr<UpstreamCall> call(UpstreamRequest request,
                                                     UpstreamListener& listener) override;
    [[nodiscard]] boost::asio::io_context& loop() const override;

private:
    std::unique_ptr<class LoopbackConnections> connections_;
};

} // namespace keybearer
