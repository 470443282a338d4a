#include "broker/gateway/upstream/LoopbackPool.h"

#include "broker/gateway/upstream/LoopbackCall.h"

namespace keybearer {

LoopbackPool::LoopbackPool(boost::asio::io_context& loop)
    : connections_(std::make_unique<LoopbackConnections>(loop)) {}

LoopbackPool::~LoopbackPool() = default;

std::unique_ptr<UpstreamCall> LoopbackPool::call(UpstreamRequest request, UpstreamListener& listener) {
    return std::make_unique<LoopbackCall>(*connections_, std::move(request), listener);
}

boost::asio::io_context& LoopbackPool::loop() const {
    return connections_->loop();
}

} // namespace keybearer
