#pragma once

#include "broker/gateway/upstream/UpstreamTransfer.h"

#include <boost/asio/io_context.hpp>

#include <memory>

namespace keybearer {

// All connections of this process to remote servers: libcurl's multi interface on the event loop. Keeps
// connections for the next request, speaks HTTP/1.1 and (over TLS, where the server offers it) HTTP/2, goes
// through proxies. TLS 1.2 or later, certificate and name always checked; there is no switch against that.
// http is spoken to this machine alone, and the address that is connected to is checked as well (SEC-C-21).
// Has no cookies, no netrc, follows no redirect (SEC-G-11) and sends nothing twice on its own.
//
// One instance, owned by the process; event loop thread; lives longer than the transfers it gave out and
// shorter than the loop.
class UpstreamPool : public UpstreamStarter {
public:
    explicit UpstreamPool(boost::asio::io_context& loop);
    ~UpstreamPool() override;
    UpstreamPool(const UpstreamPool&) = delete;
    UpstreamPool& operator=(const UpstreamPool&) = delete;

    // Destroying the transfer takes the request back: the stream is closed, nothing more is told.
    [[nodiscard]] std::unique_ptr<UpstreamTransfer> start(UpstreamRequest request,
                                                          UpstreamListener& listener);
    [[nodiscard]] std::unique_ptr<UpstreamCall> call(UpstreamRequest request,
                                                     UpstreamListener& listener) override;
    [[nodiscard]] boost::asio::io_context& loop() const override;

private:
    std::unique_ptr<CurlLoop> curl_;
};

} // namespace keybearer
