// pause, resume, stop, restart: the broker as a whole.
#include "app/cli/Invocation.h"
#include "app/cli/StopBroker.h"
#include "app/cli/Verbs.h"
#include "app/cli/Words.h"
#include "broker/base/PrivateFile.h"
#include "broker/base/Text.h"
#include "broker/protocol/SharingParams.h"

#include <array>
#include <charconv>
#include <poll.h>

namespace keybearer {

namespace {

constexpr std::int64_t longestPause = std::int64_t{7} * 24 * 3600;
constexpr std::chrono::seconds endLimit{15};      // answers of providers that are on their way are waited for
constexpr std::chrono::seconds handOverLimit{40}; // it waits 20 seconds for what only it can finish
constexpr int lookMilliseconds = 20;
constexpr std::size_t longestPid = 32;

// "90s", "15m", "1h", "2d".
Result<std::int64_t> secondsFrom(const std::string& text) {
    std::int64_t count = 0;
    const auto [rest, problem] = std::from_chars(text.data(), text.data() + text.size(), count);
    const std::string_view unit(rest, static_cast<std::size_t>(text.data() + text.size() - rest));
    const std::int64_t factor = unit == "s"   ? 1
                                : unit == "m" ? 60
                                : unit == "h" ? 3600
                                : unit == "d" ? 24 * 3600
                                              : 0;
    if (problem == std::errc() && factor > 0 && count > 0 && count <= longestPause / factor)
        return count * factor;
    return failure(
        ErrorCode::InvalidParams, "pause does not take \"" + displaySafe(text, 40) + "\"",
        "Give a span like 15m, 1h or 2d, at most 7d; without one it lasts until keybearer resume.");
}

Result<int> runPause(Invocation& invocation) {
    SharingPauseParams wish;
    if (!invocation.arguments().operands().empty()) {
        const Result<std::int64_t> seconds = secondsFrom(invocation.arguments().operand(0));
        if (!seconds)
            return failure(seconds.error());
        wish.seconds = *seconds;
    }
    const Result<Json> sharing = invocation.ask("sharing.pause", wish.toJson());
    if (!sharing)
        return failure(sharing.error());
    Output& output = invocation.output();
    if (output.json())
        output.answerJson(*sharing);
    else if (const auto until = stringAt(*sharing, "until"))
        output.say("Sharing is paused until " + localTime(until, "?") + ": no program gets anything.");
    else
        output.say("Sharing is paused until: keybearer resume");
    return 0;
}

Result<int> runResume(Invocation& invocation) {
    const Result<Json> sharing = invocation.ask("sharing.resume", Json::object());
    if (!sharing)
        return failure(sharing.error());
    if (invocation.output().json())
        invocation.output().answerJson(*sharing);
    else
        invocation.output().say("Programs get what they were allowed again.");
    return 0;
}

// The file that names its process goes last.
std::string processIn(const Places& places) {
    return readFile(places.pid(), longestPid).value_or(std::string());
}

bool hasEnded(const Places& places, const std::string& process) {
    const auto deadline = std::chrono::steady_clock::now() + endLimit;
    while (processIn(places) == process) {
        if (std::chrono::steady_clock::now() >= deadline)
            return false;
        ::poll(nullptr, 0, lookMilliseconds);
    }
    return true;
}

} // namespace

Result<bool> stopBroker(Invocation& invocation) {
    const Result<LineClient*> client = invocation.running();
    if (!client) {
        if (client.error().code == ErrorCode::BrokerUnreachable)
            return false;
        return failure(client.error());
    }
    const std::string process = processIn(invocation.places());
    const Result<Json> stopping = (*client)->call("broker.stop", Json::object(), invocation.timeout());
    if (!stopping)
        return failure(stopping.error());
    if (!process.empty() && !hasEnded(invocation.places(), process))
        return failure(ErrorCode::TimedOut, "the broker is still there",
                       "See what it waits for in its log: keybearer doctor");
    invocation.disconnect(); // the next request is for another one
    return true;
}

namespace {

Result<int> runStop(Invocation& invocation) {
    const Result<bool> stopped = stopBroker(invocation);
    if (!stopped)
        return failure(stopped.error());
    if (invocation.output().json())
        invocation.output().answerJson(Json{{"stopped", *stopped}});
    else
        invocation.output().say(*stopped ? "The broker has ended. The next program that asks starts it again."
                                         : "No broker is running.");
    return 0;
}

// True: the broker goes on as a new process, and what connects from now on is that one's. False: it has to be
// ended first, because none runs or because it is of a version that cannot hand over.
Result<bool> handOver(Invocation& invocation) {
    const Result<LineClient*> client = invocation.running();
    if (!client)
        return client.error().code == ErrorCode::BrokerUnreachable ? Result<bool>(false)
                                                                   : failure(client.error());
    BrokerStopParams wish;
    wish.restart = true;
    const Result<Json> agreed = (*client)->call("broker.stop", wish.toJson(), invocation.timeout());
    if (!agreed && agreed.error().code == ErrorCode::InvalidParams && agreed.error().detail("problems"))
        return false;
    if (!agreed)
        return failure(agreed.error());
    // Until it closes this connection it is the old one that would answer.
    const auto deadline = std::chrono::steady_clock::now() + handOverLimit;
    for (;;) {
        const Result<Arrival> more = (*client)->next(std::chrono::seconds(1));
        if (!more)
            break;
        if (std::chrono::steady_clock::now() >= deadline)
            return failure(ErrorCode::TimedOut, "the broker has not handed over yet",
                           "It waits for a sign-in or an open question: keybearer status");
    }
    invocation.disconnect();
    return true;
}

Result<int> runRestart(Invocation& invocation) {
    Result<bool> restarted = handOver(invocation);
    if (!restarted)
        return failure(restarted.error());
    if (!*restarted) {
        restarted = stopBroker(invocation);
        if (!restarted)
            return failure(restarted.error());
    }
    const Result<Json> health = invocation.ask("health.get", Json::object());
    if (!health)
        return failure(health.error());
    if (invocation.output().json())
        invocation.output().answerJson(Json{{"stopped", *restarted}, {"pid", health->value("pid", 0)}});
    else
        invocation.output().say("The broker has started anew.");
    return 0;
}

constexpr std::array pauseExamples{
    Example{"keybearer pause 15m", "Nothing is shared for a quarter of an hour."},
    Example{"keybearer pause", "Until: keybearer resume."}};
constexpr std::array resumeExamples{Example{"keybearer resume", "Go on as before."}};
constexpr std::array stopExamples{Example{"keybearer stop", "End the broker in order."}};
constexpr std::array restartExamples{
    Example{"keybearer restart", "After an upgrade, or a change of config.yaml."}};

} // namespace

const Verb pauseVerb{
    "pause",
    "[DURATION]",
    "Stop all sharing for a while.",
    "While sharing is paused no program gets a token, an API key or a way through the gateway, whatever it "
    "was allowed; they are told so, and when to come back. Nothing is revoked, and sessions stay fresh.\n\n"
    "DURATION is like 90s, 15m, 1h or 2d, at most 7d; without one it lasts until keybearer resume. It goes "
    "on over a restart of the broker.",
    0,
    1,
    {},
    pauseExamples,
    {},
    runPause};

const Verb resumeVerb{"resume",
                      "",
                      "Go on with sharing.",
                      "Ends what keybearer pause began. What programs were allowed before still counts.",
                      0,
                      0,
                      {},
                      resumeExamples,
                      {},
                      runResume};

const Verb stopVerb{"stop",
                    "",
                    "End the broker.",
                    "Has the broker finish what is on its way, save what is unsaved, and end. The tray, or "
                    "the next program that asks, starts it again; to keep programs from anything use "
                    "keybearer pause.",
                    0,
                    0,
                    {},
                    stopExamples,
                    {},
                    runStop};

const Verb restartVerb{
    "restart",
    "",
    "Start the broker anew, without losing a request.",
    "The broker goes on as a new process, of the program that is on the disk now and with the "
    "configuration as it is now. Requests are answered or wait; the socket stays open. Before "
    "that the program is asked whether it takes the configuration: if it does not, the broker "
    "that runs goes on. Sign-ins and open questions are waited for, at most 20 seconds.",
    0,
    0,
    {},
    restartExamples,
    {},
    runRestart};

} // namespace keybearer
