#pragma once

#include "broker/base/Clock.h"

namespace keybearer {

// A clock that stands still until a test moves it.
class FakeClock final : public Clock {
public:
    [[nodiscard]] WallTime wall() const override { return wall_; }
    [[nodiscard]] BootTime boot() const override { return boot_; }

    void advance(std::chrono::milliseconds by) {
        wall_ += by;
        boot_ += by;
    }
    void jumpWall(std::chrono::milliseconds by) { wall_ += by; }

private:
    WallTime wall_{std::chrono::seconds(1'900'000'000)};
    BootTime boot_{std::chrono::hours(5)};
};

} // namespace keybearer
