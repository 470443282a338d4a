#pragma once

#include <algorithm>
#include <chrono>

namespace keybearer {

// How long to wait before the next attempt: doubles from `first` to `last`, for ever. A value, no clock.
class Backoff {
public:
    Backoff(std::chrono::milliseconds first, std::chrono::milliseconds last)
        : first_(first), last_(last), next_(first) {}

    [[nodiscard]] std::chrono::milliseconds next() {
        const std::chrono::milliseconds now = next_;
        next_ = std::min(next_ * 2, last_);
        return now;
    }
    void reset() { next_ = first_; }

private:
    std::chrono::milliseconds first_;
    std::chrono::milliseconds last_;
    std::chrono::milliseconds next_;
};

} // namespace keybearer
