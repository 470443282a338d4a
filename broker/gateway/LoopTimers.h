#pragma once

#include "broker/gateway/EventTimers.h"

#include <boost/asio/io_context.hpp>

namespace keybearer {

// EventTimers of a Boost.Asio loop, which outlives it.
class LoopTimers : public EventTimers {
public:
    explicit LoopTimers(boost::asio::io_context& loop) : loop_(loop) {}
    [[nodiscard]] std::unique_ptr<EventTimer> after(std::chrono::milliseconds wait,
                                                    std::function<void()> ring) override;
    [[nodiscard]] std::unique_ptr<EventTimer> soon(std::function<void()> ring) override;
    [[nodiscard]] Instant now() const override { return std::chrono::steady_clock::now(); }

private:
    boost::asio::io_context& loop_;
};

} // namespace keybearer
