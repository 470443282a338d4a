#pragma once

#include "app/cli/Invocation.h"
#include "app/cli/ProgramStart.h"
#include "app/cli/RunWish.h"
#include "broker/base/Clock.h"

#include <memory>
#include <optional>

namespace keybearer {

// When a program that began at `started` and has tokens of which the first ends at `ends` is started anew:
// soon before that, and never less than half a minute after its beginning.
[[nodiscard]] WallTime restartTime(WallTime started, WallTime ends);

// One `keybearer run`: starts the program, stays until it ends by itself, and meanwhile starts it anew when
// its tokens are about to end, if that is wanted. Owned by the verb; one thread.
class ProgramRun {
public:
    ProgramRun(Invocation& invocation, RunWish wish) : invocation_(invocation), wish_(std::move(wish)) {}

    // The program's exit status.
    [[nodiscard]] Result<int> run();

private:
    void warnOfVariables(bool restarts) const;
    [[nodiscard]] std::optional<WallTime> nextRestart() const;
    // A start that is ready to take the place of the present one; null if there is to be none for now.
    [[nodiscard]] std::unique_ptr<ProgramStart> renewed();
    void notRenewed(const Error& error);

    Invocation& invocation_;
    const RunWish wish_;
    std::unique_ptr<ProgramStart> start_;
    WallTime started_{};
    std::optional<WallTime> tried_; // a renewal that did not come about
    bool gaveUp_ = false;
    std::string lastProblem_;
};

} // namespace keybearer
