#pragma once

#include "app/cli/ChildProcess.h"
#include "app/cli/Invocation.h"
#include "app/cli/RunWish.h"
#include "broker/base/Clock.h"
#include "broker/protocol/RunMethods.h"

#include <memory>
#include <optional>

namespace keybearer {

// One start of the program of `keybearer run`: fetches the tokens, has a process wait, gets it its
// capability, and lets it become the program. Owned by ProgramRun; one thread. Never starts a program that
// was not allowed.
class ProgramStart {
public:
    ProgramStart(Invocation& invocation, const RunWish& wish) : invocation_(invocation), wish_(wish) {}
    ~ProgramStart();
    ProgramStart(const ProgramStart&) = delete;
    ProgramStart& operator=(const ProgramStart&) = delete;

    struct Manner {
        bool asksHere = true; // questions may be put on this terminal: it is not the program's yet
        std::chrono::seconds minValid{0};
        ChildProcess* meanwhile = nullptr; // whose end makes this one pointless
    };
    // Everything but the start itself. Cancelled if `meanwhile` has ended.
    [[nodiscard]] Result<void> prepare(const Manner& manner);
    [[nodiscard]] Result<void> release();

    [[nodiscard]] ChildProcess& child() { return child_; }
    // When the first of the tokens in its variables ends; nothing if none does.
    [[nodiscard]] std::optional<WallTime> ends() const { return ends_; }
    [[nodiscard]] bool profileRestarts() const { return profileRestarts_; }

private:
    [[nodiscard]] Result<void> fetch(LineClient& client, bool asks, const Manner& manner);
    [[nodiscard]] Result<void> take(const std::string& variable, std::string& answer);
    [[nodiscard]] Result<std::string> answer(LineClient& client, std::int64_t id, const Manner& manner);
    [[nodiscard]] Result<void> openCapability(const Manner& manner);
    [[nodiscard]] CapabilityOpenParams request() const;
    [[nodiscard]] Result<std::string> ask(LineClient& asker, std::int64_t id, const Manner& manner);

    Invocation& invocation_;
    const RunWish& wish_;
    ChildProcess child_;
    ChildProcess::Variables variables_;
    std::string stamp_;                      // of the file that was agreed to, or empty
    std::unique_ptr<LineClient> capability_; // the connection that becomes the program's
    std::optional<WallTime> ends_;
    bool profileRestarts_ = false;
};

} // namespace keybearer
