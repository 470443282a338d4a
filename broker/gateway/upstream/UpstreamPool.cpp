#include "broker/gateway/upstream/UpstreamPool.h"

#include "broker/gateway/upstream/CurlLoop.h"

namespace keybearer {

UpstreamPool::UpstreamPool(boost::asio::io_context& loop) : curl_(std::make_unique<CurlLoop>(loop)) {}

UpstreamPool::~UpstreamPool() = default;

std::unique_ptr<UpstreamTransfer> UpstreamPool::start(UpstreamRequest request, UpstreamListener& listener) {
    return std::make_unique<UpstreamTransfer>(*curl_, std::move(request), listener);
}

std::unique_ptr<UpstreamCall> UpstreamPool::call(UpstreamRequest request, UpstreamListener& listener) {
    return start(std::move(request), listener);
}

boost::asio::io_context& UpstreamPool::loop() const {
    return curl_->loop();
}

} // namespace keybearer
