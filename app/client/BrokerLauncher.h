#pragma once

#include "app/client/LineClient.h"
#include "broker/protocol/Endpoint.h"

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>

namespace keybearer {

// How the broker is to be found or started.
struct LaunchPlan {
    Places places;
    bool spawn = true;                            // false: only what runs already
    std::filesystem::path daemon;                 // empty: keybearerd beside this program, else in PATH
    std::chrono::milliseconds startLimit{10'000}; // from the start of the process to READY=1
    std::function<void()> onStart;                // called once when a process is about to be started
};

// Connects to the broker and starts it if nobody listens. Two programs that do so at once end up with one
// broker: the second process finds the first one's lock and leaves, and its starter connects to the first.
// Blocking; one thread.
class BrokerLauncher {
public:
    explicit BrokerLauncher(LaunchPlan plan) : plan_(std::move(plan)) {}

    [[nodiscard]] Result<std::unique_ptr<LineClient>> connect(const HelloParams& hello,
                                                              std::chrono::milliseconds timeout);

    // Starts keybearerd detached from this terminal and waits until it is ready, or until another one is. Its
    // standard error goes to broker.log in the state directory; its last lines are quoted in the error when
    // it fails. A broken configuration is InvalidParams, an unusable store StoreUnavailable, all else
    // BrokerUnreachable or TimedOut.
    [[nodiscard]] Result<void> start();

private:
    [[nodiscard]] bool somebodyListens() const;
    [[nodiscard]] bool otherBecomesReady(std::chrono::steady_clock::time_point deadline) const;

    LaunchPlan plan_;
};

} // namespace keybearer
