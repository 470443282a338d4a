#include "app/cli/SignInWatch.h"

#include "app/cli/DeviceScreen.h"
#include "app/cli/Words.h"
#include "broker/base/Secret.h"
#include "broker/base/Text.h"
#include "broker/base/Time.h"
#include "broker/protocol/RpcError.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <unistd.h>

namespace keybearer {

namespace {

using Steady = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::chrono::seconds usualLimit{600}; // where the broker does not say when the sign-in ends
constexpr milliseconds cancelLimit{2'000};      // somebody who pressed Ctrl-C does not want to wait
constexpr std::size_t longestPaste = 8192;      // a redirect URL with a code in it
constexpr std::size_t terminalLine = 4095;      // what a Linux terminal gives at most for one line

milliseconds leftUntil(Steady::time_point deadline) {
    return std::max(std::chrono::ceil<milliseconds>(deadline - Steady::now()), milliseconds(0));
}

} // namespace

Result<Json> SignInWatch::start(const SignInStartParams& params) {
    client_.post("events.subscribe", SubscribeParams{{"signin.progress"}}.toJson());
    Result<Json> started = client_.call("signin.start", params.toJson(), invocation_.timeout());
    if (!started)
        return started;
    signInId_ = stringAt(*started, "signin_id").value_or("");
    milliseconds limit = invocation_.timeout(usualLimit);
    const auto expires = stringAt(*started, "expires_at");
    if (const auto end = expires ? fromRfc3339(*expires) : std::nullopt;
        end && !invocation_.arguments().has("--timeout"))
        limit = std::max(*end - invocation_.now(), milliseconds(0));
    deadline_ = Steady::now() + limit;
    return started;
}

Result<Json> SignInWatch::finish(Manner manner) {
    reads_ = manner.paste;
    Output& output = invocation_.output();
    if (reads_)
        output.ask("Sign in there. Then copy the address that the browser ends at, also if the page "
                   "cannot be shown,\nand paste it here: ");
    counts_ = manner.countdown && Output::standardErrorIsTerminal() && !output.json() && !output.quiet();
    Result<Json> state = wait();
    if (counts_)
        output.ask("\r\033[K"); // the countdown goes
    return state;
}

Result<Json> SignInWatch::wait() {
    for (;;) {
        const std::array both{signals_.descriptor(), STDIN_FILENO};
        const std::span<const int> watched = std::span(both).first(reads_ ? 2 : 1);
        Result<Arrival> arrival = client_.next(untilNextLook(), watched);
        if (!arrival)
            return failure(std::move(arrival.error()));
        if (arrival->kind == Arrival::Kind::TimedOut && Steady::now() < deadline_)
            continue; // time for the countdown
        Result<std::optional<Json>> end = onArrival(*arrival);
        if (!end)
            return failure(std::move(end.error()));
        if (*end)
            return std::move(**end);
    }
}

milliseconds SignInWatch::untilNextLook() {
    const milliseconds left = leftUntil(deadline_);
    if (!counts_)
        return left;
    invocation_.output().ask("\r\033[KWaiting; " +
                             countdownWords(std::chrono::ceil<std::chrono::seconds>(left).count()) +
                             ". Ctrl-C gives up.");
    return std::min(left, milliseconds(1000));
}

Result<std::optional<Json>> SignInWatch::onArrival(Arrival& arrival) {
    const std::optional<Json> notYet;
    switch (arrival.kind) {
    case Arrival::Kind::Event:
        if (stringAt(*arrival.body, "topic") == "signin.progress" &&
            stringAt(*arrival.body, "signin_id") == signInId_)
            return judge(*arrival.body);
        return notYet;
    case Arrival::Kind::Answer:
        if (arrival.id != completion_)
            return notYet;
        if (!arrival.body)
            return failure(std::move(arrival.body.error()));
        return judge(*arrival.body);
    case Arrival::Kind::Watched:
        if (arrival.descriptor == signals_.descriptor()) {
            cancel();
            return failure(ErrorCode::Cancelled, "the sign-in was cancelled");
        }
        if (const Result<void> taken = onInput(); !taken)
            return tl::unexpected(taken.error());
        return notYet;
    case Arrival::Kind::TimedOut:
        cancel();
        return failure(ErrorCode::TimedOut, "nobody finished the sign-in in time",
                       "Start again with: keybearer login");
    }
    return notYet;
}

Result<std::optional<Json>> SignInWatch::judge(const Json& state) const {
    const std::string name = stringAt(state, "state").value_or("");
    if (name == "signed_in")
        return std::optional<Json>(std::in_place, state);
    if (name == "cancelled")
        return failure(ErrorCode::Cancelled, "the sign-in was cancelled");
    if (name == "failed") {
        if (const Json& error = objectAt(state, "error"); !error.empty())
            return failure(fromRpcError(error));
        return failure(ErrorCode::ProviderError, "the sign-in failed");
    }
    if (name == "exchanging")
        invocation_.output().progress("The browser is done; fetching the tokens ...");
    return std::optional<Json>();
}

Result<void> SignInWatch::onInput() {
    std::array<char, longestPaste> buffer{};
    const ssize_t got = ::read(STDIN_FILENO, buffer.data(), buffer.size());
    if (got < 0 && (errno == EINTR || errno == EAGAIN))
        return {};
    if (got > 0)
        pasted_.append(buffer.data(), static_cast<std::size_t>(got));
    const bool ended = got <= 0;
    const std::size_t newline = pasted_.find('\n');
    if (!ended && newline == std::string::npos && pasted_.size() <= longestPaste)
        return {};
    std::string address = pasted_.substr(0, newline);
    const bool cut = newline == terminalLine;
    wipe(pasted_);
    address.erase(address.find_last_not_of(" \t\r\n") + 1);
    address.erase(0, address.find_first_not_of(" \t"));
    if (address.empty() && ended) {
        cancel();
        return failure(ErrorCode::Cancelled, "no address was pasted");
    }
    if (address.size() > longestPaste || cut) {
        cancel();
        return failure(ErrorCode::InvalidParams, "the pasted address is too long for a terminal line",
                       "Save it in a file and say: keybearer login ... --paste < FILE");
    }
    if (address.empty())
        return {};
    reads_ = false;
    Json params = SignInCompleteParams{signInId_, address}.toJson();
    completion_ = client_.post("signin.complete", params);
    wipeJson(params);
    wipe(address);
    return {};
}

void SignInWatch::cancel() {
    // Whether the broker heard it or not: the sign-in ends with its time limit at the latest.
    [[maybe_unused]] const Result<Json> cancelled =
        client_.call("signin.cancel", SignInIdParams{signInId_}.toJson(), cancelLimit);
}

} // namespace keybearer
