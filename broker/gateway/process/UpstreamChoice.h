#pragma once

#include "broker/gateway/upstream/LoopbackPool.h"
#include "broker/gateway/upstream/UpstreamPool.h"

namespace keybearer {

// Which pool speaks to a server (docs/adr/0009-gateway-fast-path.md): plain http stays on this machine and
// has the fast one, everything else goes through libcurl. Owned by the GatewayRoom; event loop thread.
class UpstreamChoice final : public UpstreamStarter {
public:
    UpstreamChoice(UpstreamPool& everywhere, LoopbackPool& here) : everywhere_(everywhere), here_(here) {}
    [[nodiscard]] std::unique_ptr<UpstreamCall> call(UpstreamRequest request,
                                                     UpstreamListener& listener) override {
        if (request.url.starts_with("http:"))
            return here_.call(std::move(request), listener);
        return everywhere_.call(std::move(request), listener);
    }
    [[nodiscard]] boost::asio::io_context& loop() const override { return everywhere_.loop(); }

private:
    UpstreamPool& everywhere_;
    LoopbackPool& here_;
};

} // namespace keybearer
