#include "app/cli/ProgramRun.h"

#include "app/cli/Words.h"
#include "broker/base/Text.h"

#include <algorithm>

namespace keybearer {

namespace {

using std::chrono::seconds;

constexpr seconds leastRun{30};      // between two starts: a provider of short tokens must not make a flicker
constexpr seconds mostAhead{60};     // before the end of the token
constexpr seconds leastAhead{1};     //
constexpr int partAhead = 10;        // of the time that the token had at the start
constexpr seconds endingLimit{30};   // after SIGTERM; then SIGKILL
constexpr seconds betweenTrials{30}; // after a renewal that did not come about

// Whether somebody may yet do something about it, or it passes by itself.
bool isWorthAnotherTry(ErrorCode code) {
    return isTransient(code) || code == ErrorCode::BrokerUnreachable ||
           code == ErrorCode::AuthorizationRequired || code == ErrorCode::SignInAgain;
}

} // namespace

WallTime restartTime(WallTime started, WallTime ends) {
    const auto life = std::max(ends - started, WallTime::duration(0));
    const auto ahead = std::clamp<WallTime::duration>(life / partAhead, leastAhead, mostAhead);
    return std::max(ends - ahead, started + leastRun);
}

void ProgramRun::warnOfVariables(bool restarts) const {
    if (wish_.variables.empty())
        return;
    std::vector<std::string> names;
    for (const RunWish::Wanted& wanted : wish_.variables)
        names.push_back(wanted.variable);
    std::string text =
        "Other programs of yours can read " + join(names, ", ") + " in the program's environment.";
    if (!restarts)
        text +=
            " A token lives for a short time only and is not renewed there; --profile hands over something "
            "better.";
    invocation_.output().progress(text);
}

std::optional<WallTime> ProgramRun::nextRestart() const {
    if (gaveUp_ || start_->child().toldToEnd() || !start_->ends() ||
        !(wish_.restarts || start_->profileRestarts()))
        return std::nullopt;
    const WallTime planned = restartTime(started_, *start_->ends());
    return tried_ ? std::max(planned, *tried_ + betweenTrials) : planned;
}

void ProgramRun::notRenewed(const Error& error) {
    tried_ = invocation_.now();
    gaveUp_ = !isWorthAnotherTry(error.code);
    if (error.message == lastProblem_)
        return;
    lastProblem_ = error.message;
    invocation_.output().say("The program goes on with the token that it has: " + error.message + ". " +
                             error.action);
}

std::unique_ptr<ProgramStart> ProgramRun::renewed() {
    const auto left =
        std::chrono::ceil<seconds>(std::max(*start_->ends() - invocation_.now(), WallTime::duration(0)));
    auto next = std::make_unique<ProgramStart>(invocation_, wish_);
    // Better than the one that it has.
    const Result<void> prepared =
        next->prepare({.asksHere = false, .minValid = left + seconds(1), .meanwhile = &start_->child()});
    if (start_->child().hasEnded())
        return nullptr;
    if (!prepared) {
        notRenewed(prepared.error());
        return nullptr;
    }
    if (next->ends() && *next->ends() <= *start_->ends()) {
        notRenewed(Error(ErrorCode::ProviderUnavailable, "no fresher one is to be had"));
        return nullptr;
    }
    start_->child().end(endingLimit);
    return start_->child().toldToEnd() ? nullptr : std::move(next); // who ends it does not want another one
}

Result<int> ProgramRun::run() {
    start_ = std::make_unique<ProgramStart>(invocation_, wish_);
    if (const Result<void> prepared = start_->prepare({.asksHere = true}); !prepared)
        return tl::unexpected(prepared.error());
    warnOfVariables(wish_.restarts || start_->profileRestarts());
    for (;;) {
        if (const Result<void> released = start_->release(); !released)
            return tl::unexpected(released.error());
        started_ = invocation_.now();
        tried_.reset();
        lastProblem_.clear();
        std::unique_ptr<ProgramStart> next;
        while (next == nullptr) {
            if (const std::optional<int> status = start_->child().wait(nextRestart()))
                return *status;
            next = renewed();
        }
        start_ = std::move(next);
    }
}

} // namespace keybearer
