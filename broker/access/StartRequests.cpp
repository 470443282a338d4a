#include "broker/access/StartRequests.h"

#include "broker/access/StartedProgram.h"
#include "broker/base/Random.h"
#include "broker/base/Text.h"
#include "broker/platform/InterpreterScript.h"
#include "broker/platform/PeerCredentials.h"

#include <QTimer>

#include <utility>

namespace keybearer {

namespace {

constexpr std::size_t idBytes = 6;      // a name for the audit log
constexpr std::size_t mostWaiting = 32; // questions about commands

std::string wayWithoutQuestion(const RunCommand& command) {
    std::string action = "Name the command under command: in the profile, which needs no question";
    for (const std::string& variable : command.environment)
        action += ", without " + displaySafe(variable.substr(0, variable.find('=')), 64);
    return action + ".";
}

} // namespace

StartRequests::StartRequests(Measure measure, ConsentGate& gate)
    : measure_(std::move(measure)), gate_(gate) {}

StartRequests::~StartRequests() = default;

bool StartRequests::isFull() const {
    return waiting_.size() >= mostWaiting;
}

// The watch is on the process already, so what is measured now is what is watched.
Result<void> StartRequests::checkChild(const Caller& opener, RunCommand& command) {
    const ProcessEvidence evidence = describeProcess(command.pid);
    if (command.startTime == 0)
        command.startTime = evidence.startTime;
    if (evidence.startTime == 0 || evidence.startTime != command.startTime ||
        evidence.parentPid != opener.pid)
        return failure(ErrorCode::PolicyDenied, "a capability is for a process that the asker started itself",
                       "Start the program with: keybearer run --profile");
    return {};
}

void StartRequests::ask(StartRequest request, Completion<Allowed> done) {
    RunCommand& command = request.command;
    const std::uint64_t number = ++last_;
    request.id = "cap_" + randomToken(idBytes);
    request.watch =
        ProcessWatch::start(command.pid, [this, number, id = request.id] { onProcessEnded(number, id); });
    const Result<void> child = request.watch == nullptr
                                   ? failure(ErrorCode::Cancelled, "the program has ended already")
                                   : checkChild(request.opener, command);
    if (!child)
        return done(tl::unexpected(child.error()));
    if (isInterpreter(command.executable)) {
        std::vector<std::string> words{command.executable};
        words.insert(words.end(), command.arguments.begin(), command.arguments.end());
        command.script = scriptOf(words, command.workingDirectory);
    }
    waiting_[number] = Waiting{std::move(request), std::move(done)};
    begin(number);
}

void StartRequests::begin(std::uint64_t number) {
    const StartRequest& request = waiting_.at(number).request;
    if (namesCommand(request.profile, request.command))
        return allow(number, ReleaseGrant{"config", std::nullopt, false, nullptr});
    if (!measure_)
        return decide(number);
    measure(number, false);
}

void StartRequests::measure(std::uint64_t number, bool script) {
    const RunCommand& command = waiting_.at(number).request.command;
    measure_(script ? command.script : command.executable,
             [this, number, script](const std::string& hex, const std::string& stamp) {
                 measured(number, script, hex, stamp);
             });
}

void StartRequests::measured(std::uint64_t number, bool script, const std::string& hex,
                             const std::string& stamp) {
    const auto found = waiting_.find(number);
    if (found == waiting_.end())
        return; // the process or the connection went first
    RunCommand& command = found->second.request.command;
    if (hex.empty())
        return giveUp(number, Error(ErrorCode::PolicyDenied,
                                    "nobody can tell what is in " +
                                        displaySafe(script ? command.script : command.executable),
                                    "Name the command under command: in the profile."));
    (script ? command.scriptHash : command.executableHash) = hex;
    if (!script)
        command.stamp = stamp;
    if (!script && !command.script.empty())
        return measure(number, true);
    decide(number);
}

void StartRequests::decide(std::uint64_t number) {
    const StartRequest& request = waiting_.at(number).request;
    const Result<std::string> shown = shownCommand(request.command);
    if (!shown)
        return giveUp(number, Error(shown.error()));
    ConsentSubject subject;
    subject.provider = "run:" + request.profile.name;
    subject.providerName = "run profile " + request.profile.name;
    subject.accountLabel = *shown;
    subject.sessionId = subject.provider + ":" + fingerprintOf(request.profile, request.command);
    subject.scopes = request.profile.allowed;
    subject.purpose = ConsentPurpose::Start;
    gate_.decide(request.connection, programOf(request.opener, request.command), subject,
                 "to be started by keybearer run --profile " + request.profile.name,
                 [this, number](Result<ReleaseGrant> grant) { decided(number, std::move(grant)); });
}

void StartRequests::decided(std::uint64_t number, Result<ReleaseGrant> grant) {
    if (waiting_.count(number) == 0)
        return; // the process or the connection went first
    if (grant)
        return allow(number, *grant);
    Error error = grant.error();
    if (error.code == ErrorCode::ConsentUnavailable || gate_.policy() == AccessPolicy::Locked)
        error.action = wayWithoutQuestion(waiting_.at(number).request.command);
    giveUp(number, error);
}

void StartRequests::allow(std::uint64_t number, const ReleaseGrant& grant) {
    Waiting waiting = std::move(waiting_.extract(number).mapped());
    waiting.done(Allowed{std::move(waiting.request), grant});
}

void StartRequests::giveUp(std::uint64_t number, const Error& error) {
    const Waiting waiting = std::move(waiting_.extract(number).mapped());
    Q_EMIT refused(programOf(waiting.request.opener, waiting.request.command), error.message);
    waiting.done(failure(error));
}

void StartRequests::onProcessEnded(std::uint64_t number, const std::string& id) {
    const auto found = waiting_.find(number);
    if (found == waiting_.end()) {
        Q_EMIT processEnded(id);
        return;
    }
    Waiting waiting = std::move(waiting_.extract(found).mapped());
    // We are inside the watch's callback: let it end first.
    QTimer::singleShot(0, this, [over = std::shared_ptr<ProcessWatch>(std::move(waiting.request.watch))] {});
    waiting.done(failure(ErrorCode::Cancelled, "the program ended before anybody answered"));
}

void StartRequests::connectionClosed(std::uint64_t connection) {
    for (auto each = waiting_.begin(); each != waiting_.end();)
        each = each->second.request.connection == connection ? waiting_.erase(each) : std::next(each);
}

} // namespace keybearer
