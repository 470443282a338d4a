#pragma once

#include "app/cli/Invocation.h"
#include "app/cli/SignalPipe.h"

#include <chrono>
#include <string>

namespace keybearer {

// One sign-in as seen from the terminal: starts it, follows signin.progress, takes the pasted address where
// wanted, and cancels it at the broker on Ctrl-C or when its time is over. Owned by the login verb.
class SignInWatch {
public:
    SignInWatch(Invocation& invocation, LineClient& client) : invocation_(invocation), client_(client) {}

    // The answer to signin.start.
    [[nodiscard]] Result<Json> start(const SignInStartParams& params);
    struct Manner {
        bool paste = false;     // take the pasted address
        bool countdown = false; // show a person at a terminal how long the code still lives
    };
    // The last state, whose state is "signed_in"; or why it came to nothing.
    [[nodiscard]] Result<Json> finish(Manner manner);

private:
    using Deadline = std::chrono::steady_clock::time_point;

    [[nodiscard]] Result<std::optional<Json>> judge(const Json& state) const;
    [[nodiscard]] Result<std::optional<Json>> onArrival(Arrival& arrival);
    [[nodiscard]] Result<void> onInput();
    [[nodiscard]] Result<Json> wait();
    [[nodiscard]] std::chrono::milliseconds untilNextLook();
    void cancel();

    Invocation& invocation_;
    LineClient& client_;
    SignalPipe signals_;
    std::string signInId_;
    Deadline deadline_;
    std::int64_t completion_ = -1; // our signin.complete, while it is open
    std::string pasted_;
    bool counts_ = false; // a countdown stands on the last line
    bool reads_ = false;  // the pasted address is still to come
};

} // namespace keybearer
