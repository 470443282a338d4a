#include "app/client/BrokerLauncher.h"

#include "app/client/BrokerLock.h"
#include "app/client/DaemonProcess.h"
#include "app/client/ProgramPath.h"
#include "app/client/ServiceManager.h"

#include <algorithm>
#include <poll.h>
#include <string>
#include <string_view>

namespace keybearer {

namespace {

using Steady = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds retryPause{10};     // between two looks for the broker that another program starts
constexpr milliseconds unsureLimit{1'000}; // how long to look for it when ours failed and nobody can tell why
constexpr milliseconds probeLimit{1'000};  // one connect
constexpr int statusUsage = 2;             // keybearerd: the configuration is wrong
constexpr int statusStore = 8;             // keybearerd: the store cannot be used

bool isAbsent(const Error& error) {
    const ErrorDetail* absent = error.detail("absent");
    return absent != nullptr && std::holds_alternative<bool>(*absent) && std::get<bool>(*absent);
}

Error startFailure(int status, const std::string& lastWords) {
    const std::string quoted = lastWords.empty() ? std::string() : ":\n" + lastWords;
    if (status == statusUsage)
        return {ErrorCode::InvalidParams, "the broker did not start, its configuration is wrong" + quoted,
                "Correct the configuration, then try again; keybearer doctor checks it."};
    if (status == statusStore)
        return {ErrorCode::StoreUnavailable, "the broker did not start, its store cannot be used" + quoted,
                "See what is wrong with: keybearer doctor"};
    return {ErrorCode::BrokerUnreachable,
            "the broker did not start (exit status " + std::to_string(status) + ")" + quoted,
            "See what is wrong with: keybearer doctor"};
}

} // namespace

bool BrokerLauncher::somebodyListens() const {
    return LineClient::connect(plan_.places.socket, HelloParams(), probeLimit).has_value();
}

// Another program may have been quicker; then our process found the lock taken and left. For as long as the
// lock is held somebody is on the way.
bool BrokerLauncher::otherBecomesReady(Steady::time_point deadline) const {
    const Steady::time_point unsure = Steady::now() + unsureLimit;
    for (;;) {
        if (somebodyListens())
            return true;
        const LockState lock = lockState(plan_.places.lock());
        const Steady::time_point now = Steady::now();
        if (lock == LockState::Free || now >= deadline || (lock == LockState::Unknown && now >= unsure))
            return false;
        ::poll(nullptr, 0, static_cast<int>(retryPause.count()));
    }
}

Result<void> BrokerLauncher::start() {
    const std::filesystem::path program = plan_.daemon.empty() ? findProgram("keybearerd") : plan_.daemon;
    if (program.empty())
        return failure(ErrorCode::BrokerUnreachable,
                       "the broker is not running, and there is no keybearerd to start",
                       "Install keybearerd beside keybearer or in PATH.");
    if (plan_.onStart)
        plan_.onStart();
    const Steady::time_point deadline = Steady::now() + plan_.startLimit;
    DaemonProcess process;
    if (Result<void> started = process.start(program, plan_.places); !started)
        return started;
    switch (process.await(deadline)) {
    case DaemonProcess::Outcome::Ready:
        return {};
    case DaemonProcess::Outcome::Exited:
        break;
    case DaemonProcess::Outcome::Silent:
        process.stop();
        const std::string words = process.lastWords();
        return failure(ErrorCode::TimedOut,
                       "the broker was not ready within " +
                           std::to_string(std::chrono::ceil<std::chrono::seconds>(plan_.startLimit).count()) +
                           " seconds" + (words.empty() ? "" : ":\n" + words),
                       "Look into " + (plan_.places.state / "broker.log").string());
    }
    if (otherBecomesReady(deadline))
        return {};
    return failure(startFailure(process.exitStatus(), process.lastWords()));
}

Result<std::unique_ptr<LineClient>> BrokerLauncher::connect(const HelloParams& hello, milliseconds timeout) {
    auto client = LineClient::connect(plan_.places.socket, hello, timeout);
    if (client || !isAbsent(client.error()))
        return client;
    if (!plan_.spawn) {
        client.error().action = "Start it with: keybearer status (without --no-spawn)";
        return client;
    }
    if (askServiceManager()) {
        client = LineClient::connect(plan_.places.socket, hello, timeout);
        if (client || !isAbsent(client.error()))
            return client;
    }
    if (const Result<void> started = start(); !started)
        return tl::unexpected(started.error());
    return LineClient::connect(plan_.places.socket, hello, timeout);
}

} // namespace keybearer
