#include "broker/gateway/LoopTimers.h"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

namespace keybearer {

namespace {

// Rings once, unless it was destroyed before: the loop holds the token only weakly.
struct Ring : EventTimer {
    explicit Ring(std::function<void()> call)
        : token(std::make_shared<std::function<void()>>(std::move(call))) {}
    std::shared_ptr<std::function<void()>> token;
    std::unique_ptr<boost::asio::steady_timer> timer;
};

void ringOnce(const std::weak_ptr<std::function<void()>>& token) {
    if (const auto held = token.lock()) {
        // Whoever is called may destroy the timer, and with it the function that runs.
        const std::function<void()> call = *held;
        call();
    }
}

} // namespace

std::unique_ptr<EventTimer> LoopTimers::after(std::chrono::milliseconds wait, std::function<void()> ring) {
    auto out = std::make_unique<Ring>(std::move(ring));
    out->timer = std::make_unique<boost::asio::steady_timer>(loop_, wait);
    out->timer->async_wait([token = std::weak_ptr(out->token)](const boost::system::error_code& error) {
        if (!error)
            ringOnce(token);
    });
    return out;
}

std::unique_ptr<EventTimer> LoopTimers::soon(std::function<void()> ring) {
    auto out = std::make_unique<Ring>(std::move(ring));
    boost::asio::post(loop_, [token = std::weak_ptr(out->token)] { ringOnce(token); });
    return out;
}

} // namespace keybearer
