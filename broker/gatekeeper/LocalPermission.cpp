// Who may use a local service, and what may be started for it.
#include "broker/base/Text.h"
#include "broker/gatekeeper/LocalProgramsState.h"
#include "broker/platform/InterpreterScript.h"
#include "broker/platform/PeerCredentials.h"

#include <unistd.h>

namespace keybearer {

namespace {

// Of a question that outlives those who wait for it.
constexpr std::uint64_t startBit = std::uint64_t{1} << 61U;

RunProfile profileOf(const ProgramService& service) {
    RunProfile profile;
    profile.name = "service " + service.name; // no profile has such a name
    for (const ProgramService::Variable& variable : service.environment)
        profile.allowed.push_back(variable.selector);
    return profile;
}

// NAME=SELECTOR: a token under another name is another use.
std::vector<std::string> variablesOf(const ProgramService& service) {
    std::vector<std::string> out;
    for (const ProgramService::Variable& variable : service.environment)
        out.push_back(variable.name + "=" + variable.selector);
    return out;
}

// The program as it is going to be.
Caller programOf(const ProgramService& service, const RunCommand& command) {
    Caller caller;
    caller.uid = static_cast<std::int64_t>(::getuid());
    caller.pid = static_cast<std::int64_t>(::getpid()); // until there is one of its own, we answer for it
    caller.startTime = describeProcess(caller.pid).startTime;
    caller.executable = command.executable;
    caller.script = command.script;
    caller.workingDirectory = command.workingDirectory;
    caller.executableHash = command.executableHash;
    caller.scriptHash = command.scriptHash;
    caller.claimedName = "service " + displaySafe(service.name, 64);
    // The command line is known, not guessed from a running process.
    caller.identity = IdentityClass::Capability;
    return caller;
}

} // namespace

void LocalPrograms::permit(const Exchange& exchange, bool interactive, Completion<void> done) {
    const Result<Running*> service = find(exchange);
    if (!service)
        return done(tl::unexpected(service.error()));
    const auto open = std::make_shared<Case>();
    open->connection = exchange.connection;
    open->client = exchange.caller;
    open->service = *service;
    open->interactive = interactive;
    open->done = std::move(done);
    enter(open);
    if (exchange.route) // who has the route was allowed the service (route.admit)
        mayStart(open);
    else
        mayUse(open);
}

void LocalPrograms::enter(const CasePtr& open) {
    open->generation = open->service->generation;
    cases_.insert(open);
    open->deadline.setSingleShot(true);
    connect(&open->deadline, &QTimer::timeout, this, [this, weak = std::weak_ptr(open)] {
        const CasePtr late = weak.lock();
        if (late == nullptr)
            return;
        QMetaObject::invokeMethod( // its timer is what calls us: it goes a turn later
            this, [late] {}, Qt::QueuedConnection);
        finish(late, failure(ErrorCode::ConsentRequired, "a person has not answered yet",
                             "Answer the question of Keybearer, then try again."));
    });
    open->deadline.start(setup_.wait);
}

void LocalPrograms::finish(const CasePtr& open, const Result<void>& outcome) {
    if (std::exchange(open->over, true))
        return;
    open->deadline.stop();
    cases_.erase(open);
    open->done(outcome);
}

void LocalPrograms::mayUse(const CasePtr& open) {
    const std::string& name = open->service->service.name;
    ConsentSubject subject;
    subject.provider = name;
    subject.providerName = "the local service " + displaySafe(name, 64);
    subject.accountLabel = displaySafe(open->service->service.command.front(), 200);
    subject.sessionId = sessionOf(name);
    subject.purpose = ConsentPurpose::Proxy;
    gate_.decide(
        open->connection, open->client, subject, "to use the service " + name,
        [this, open](const Result<ReleaseGrant>& grant) {
            if (open->over)
                return;
            if (!grant)
                return finish(open, tl::unexpected(grant.error()));
            mayStart(open);
        },
        open->interactive);
}

void LocalPrograms::mayStart(const CasePtr& open) {
    if (open->service->program != nullptr || open->service->permitted)
        return finish(open, {});
    const ProgramService& service = open->service->service;
    std::error_code failed;
    const std::filesystem::path real = std::filesystem::canonical(service.command.front(), failed);
    if (failed)
        return finish(
            open,
            failure(ErrorCode::NotFound, "there is no program " + displaySafe(service.command.front(), 500),
                    "Check command: of the service " + displaySafe(service.name, 64) + " in config.yaml."));
    RunCommand& command = open->command;
    command.executable = real.string();
    command.arguments.assign(service.command.begin() + 1, service.command.end());
    command.workingDirectory = service.directory.string();
    if (isInterpreter(command.executable)) {
        std::vector<std::string> words{command.executable};
        words.insert(words.end(), command.arguments.begin(), command.arguments.end());
        command.script = scriptOf(words, command.workingDirectory);
    }
    if (!setup_.measure)
        return askToStart(open);
    measure(open, false);
}

void LocalPrograms::measure(const CasePtr& open, bool script) {
    const std::string& file = script ? open->command.script : open->command.executable;
    setup_.measure(file, [this, open, script, file](const std::string& hex, const std::string& stamp) {
        if (open->over)
            return;
        if (hex.empty())
            return finish(open, failure(ErrorCode::PolicyDenied,
                                        "nobody can tell what is in " + displaySafe(file, 500),
                                        "Check that it can be read."));
        (script ? open->command.scriptHash : open->command.executableHash) = hex;
        if (!script)
            open->command.stamp = stamp;
        if (!script && !open->command.script.empty())
            return measure(open, true);
        askToStart(open);
    });
}

void LocalPrograms::askToStart(const CasePtr& open) {
    const ProgramService& service = open->service->service;
    const Result<std::string> shown = shownCommand(open->command);
    if (!shown)
        return finish(open, tl::unexpected(shown.error()));
    const RunProfile profile = profileOf(service);
    ConsentSubject subject;
    subject.provider = "service:" + service.name;
    subject.providerName = "local service " + displaySafe(service.name, 64);
    subject.accountLabel = *shown;
    subject.sessionId = subject.provider + ":" + fingerprintOf(profile, open->command);
    subject.scopes = variablesOf(service);
    subject.purpose = ConsentPurpose::Start;
    const Caller program = programOf(service, open->command);
    gate_.decide(
        open->connection | startBit, program, subject, "to be started for the service " + service.name,
        [this, open, program](const Result<ReleaseGrant>& grant) {
            Running& running = *open->service;
            if (grant && running.program == nullptr && !running.permitted &&
                running.generation == open->generation) {
                StartPermission permission{open->command, program,
                                           grant->consent ? grant->consent->id : std::string()};
                permission.program.role = Role::Agent;
                permission.program.ceiling = Role::Agent;
                permission.program.prior = PriorGrant{"service:" + running.service.name,
                                                      profileOf(running.service).allowed, std::nullopt};
                if (grant->consent) {
                    ++grant->consent->uses;
                    grant->consent->noteUse(clock_.wall(), clock_.boot());
                }
                running.permitted = std::move(permission);
            }
            finish(open, grant ? Result<void>() : tl::unexpected(grant.error()));
        },
        open->interactive);
}

} // namespace keybearer
