// The programs: started, watched, ended.
#include "broker/gatekeeper/LocalPrograms.h"

#include "broker/base/Text.h"
#include "broker/base/Time.h"
#include "broker/gatekeeper/LocalProgramsState.h"
#include "broker/log/Log.h"

#include <algorithm>
#include <unistd.h>

namespace keybearer {

namespace {

constexpr std::chrono::seconds quickDeath{10}; // who lives longer has worked
constexpr unsigned mostDoublings = 16;
constexpr std::chrono::seconds leastRun{30};     // between two starts for fresh tokens
constexpr std::chrono::seconds mostAhead{60};    // before the end of a token
constexpr std::chrono::seconds leastAhead{1};    //
constexpr int partAhead = 10;                    // of the time that the token had at the start
constexpr std::chrono::minutes longestTimer{30}; // between two looks: the clock may be set

} // namespace

LocalPrograms::LocalPrograms(Setup setup, ConsentGate& gate, TokenBroker& broker, const Clock& clock)
    : setup_(std::move(setup)), gate_(gate), clock_(clock), tokens_(broker, clock) {
    for (const ProgramService& service : setup_.services)
        add(service);
    connect(&gate_.records(), &ConsentRecords::revoked, this,
            [this](const Consent& consent) { onConsentOver(consent, "the permission was taken back"); });
    connect(&gate_.records(), &ConsentRecords::ended, this,
            [this](const Consent& consent, const std::string& why) { onConsentOver(consent, why); });
}

LocalPrograms::~LocalPrograms() = default;

void LocalPrograms::add(const ProgramService& service) {
    auto running = std::make_unique<Running>();
    running->service = service;
    Running* const raw = running.get();
    running->pause.setSingleShot(true);
    running->renewal.setSingleShot(true);
    connect(&running->pause, &QTimer::timeout, this, [this, raw] { pump(*raw); });
    connect(&running->renewal, &QTimer::timeout, this, [this, raw] { planRenewal(*raw, raw->ends); });
    services_.emplace(service.name, std::move(running));
}

// Whoever waits asks again, about what holds now.
void LocalPrograms::endCases(const Running& running) {
    const std::set<CasePtr> waiting = cases_;
    for (const CasePtr& open : waiting) {
        if (open->service == &running)
            finish(open, failure(ErrorCode::Cancelled, "the service was changed in the configuration",
                                 "Try again."));
    }
}

void LocalPrograms::configure(std::vector<ProgramService> services, std::chrono::seconds wait) {
    setup_.wait = wait;
    for (const auto& [name, running] : services_) {
        const auto now = std::find_if(services.begin(), services.end(),
                                      [&](const ProgramService& one) { return one.name == name; });
        running->withdrawn = now == services.end();
        if (!running->withdrawn && running->service == *now)
            continue;
        ++running->generation;
        running->permitted.reset(); // what was agreed to was another command
        endCases(*running);
        if (running->withdrawn)
            failWaiting(*running, Error(ErrorCode::NotFound, "this service is no longer configured"));
        else
            running->service = *now;
        stop(*running, running->withdrawn ? "its service was taken out of the configuration"
                                          : "its service was changed in the configuration");
    }
    for (const ProgramService& service : services) {
        if (!services_.contains(service.name))
            add(service);
    }
    setup_.services = std::move(services);
}

Result<LocalPrograms::Running*> LocalPrograms::find(const Exchange& exchange) {
    const auto found = services_.find(exchange.target.name);
    if (!exchange.target.local || found == services_.end() || found->second->withdrawn)
        return failure(ErrorCode::NotFound, "this service is no program of this machine");
    return found->second.get();
}

void LocalPrograms::open(const Exchange& exchange, Completion<Opened> done) {
    const Result<Running*> service = find(exchange);
    if (!service)
        return done(tl::unexpected(service.error()));
    if ((*service)->waiting.size() >= mostWaiting)
        return done(failure(Error(ErrorCode::RateLimited, "too many wait for the program of this service")
                                .retry(std::chrono::seconds(5))));
    (*service)->waiting.push_back(std::move(done));
    pump(**service);
}

// One step at a time: the last one has to end, its pause to pass, the tokens to come.
void LocalPrograms::pump(Running& service) {
    if (service.waiting.empty() || service.gathering || service.pause.isActive())
        return;
    if (service.program == nullptr)
        return start(service);
    // The gateway has lost what it was given: it gets another one.
    service.program->end();
}

void LocalPrograms::start(Running& service) {
    service.gathering = true;
    if (!service.permitted)
        return startQuietly(service);
    const std::optional<WallTime> last = std::exchange(service.renewing, false) ? service.ends : std::nullopt;
    tokens_.gather(service.service, service.permitted->program, last,
                   [this, &service](Result<ProgramTokens::Gathered> tokens) {
                       service.gathering = false;
                       gathered(service, std::move(tokens));
                   });
}

// It has run before, and its clients have a permission that is still good: what a person has said holds, and
// nobody is asked.
void LocalPrograms::startQuietly(Running& service) {
    const auto open = std::make_shared<Case>();
    open->connection = ConsentGate::conversationBit;
    open->service = &service;
    open->interactive = false;
    open->done = [this, &service](const Result<void>& permitted) {
        service.gathering = false;
        if (!permitted)
            return failWaiting(service, permitted.error());
        pump(service);
    };
    enter(open);
    mayStart(open);
}

void LocalPrograms::gathered(Running& service, Result<ProgramTokens::Gathered> tokens) {
    if (!tokens)
        return failWaiting(service, tokens.error());
    if (!service.permitted) {
        for (std::string& variable : tokens->variables)
            wipe(variable);
        return failWaiting(
            service, Error(ErrorCode::Cancelled, "what was agreed to does not hold any more", "Try again."));
    }
    const Result<void> spawned = spawn(service, *tokens);
    for (std::string& variable : tokens->variables)
        wipe(variable);
    if (!spawned)
        return failWaiting(service, spawned.error());
    service.sessions = std::move(tokens->sessions);
    planRenewal(service, tokens->ends);
    answerWaiting(service);
}

Result<void> LocalPrograms::spawn(Running& service, ProgramTokens::Gathered& tokens) {
    ProgramPlan plan;
    plan.program = service.permitted->command.executable;
    plan.words = service.service.command;
    plan.directory = service.service.directory;
    plan.stamp = service.permitted->command.stamp;
    plan.variables = plainEnvironment();
    for (const std::string& variable : tokens.variables)
        plan.variables.push_back(variable);
    const Result<SpawnedProgram> spawned = spawnProgram(plan);
    for (std::string& variable : plan.variables)
        wipe(variable);
    if (!spawned)
        return tl::unexpected(spawned.error());
    service.instance = "l_" + std::to_string(++lastInstance_);
    service.startedAt = clock_.boot();
    service.startedWall = clock_.wall();
    ++service.starts;
    service.program = std::make_unique<LocalProgram>(service.service.name, *spawned, setup_.patience);
    connect(service.program.get(), &LocalProgram::ended, this,
            [this, &service](const std::string& why) { onEnded(service, why); });
    record("program.started", service, {});
    return {};
}

// The first who waits gets it; the gateway asks once at a time.
void LocalPrograms::answerWaiting(Running& service) {
    if (service.waiting.empty())
        return stop(service, "nobody waits for it any more");
    const Completion<Opened> done = std::move(service.waiting.front());
    service.waiting.pop_front();
    const LocalProgram::Pipes pipes = service.program->takePipes();
    done(Opened{service.instance, pipes.input, pipes.output, service.service.idle});
    ::close(pipes.input);
    ::close(pipes.output);
    pump(service);
}

void LocalPrograms::failWaiting(Running& service, const Error& error) {
    std::deque<Completion<Opened>> lost;
    lost.swap(service.waiting);
    for (const Completion<Opened>& done : lost)
        done(failure(Error(error)));
}

void LocalPrograms::onEnded(Running& service, const std::string& why) {
    const bool asked = service.program->isEnding();
    const bool quick = clock_.boot() - service.startedAt < quickDeath;
    service.quickDeaths = asked || !quick ? 0 : service.quickDeaths + 1;
    service.deaths += asked ? 0 : 1;
    service.program.release()->deleteLater(); // it is what calls us
    service.renewal.stop();
    service.permitted.reset();
    record("program.ended", service, why);
    if (!asked)
        qCWarning(logDaemon).noquote()
            << "the program of the service" << QString::fromStdString(displaySafe(service.service.name, 64))
            << "has ended by itself:" << QString::fromStdString(why);
    if (service.quickDeaths > 0)
        service.pause.start(
            std::min(setup_.firstPause * (1U << std::min(service.quickDeaths - 1, mostDoublings)),
                     setup_.longestPause));
    Q_EMIT ended(service.service.name, std::exchange(service.instance, std::string()), why);
    pump(service);
}

void LocalPrograms::stop(Running& service, const std::string& why) {
    if (service.program == nullptr || service.program->isEnding())
        return;
    qCInfo(logDaemon).noquote() << "the program of the service"
                                << QString::fromStdString(displaySafe(service.service.name, 64))
                                << "is ended:" << QString::fromStdString(displaySafe(why));
    service.program->end();
}

void LocalPrograms::close(const std::string& instance) {
    for (const auto& [name, service] : services_) {
        if (!instance.empty() && service->instance == instance)
            stop(*service, "nobody uses it");
    }
}

void LocalPrograms::gatewayEnded() {
    for (const auto& [name, service] : services_) {
        failWaiting(*service, Error(ErrorCode::Cancelled, "the gateway has ended"));
        stop(*service, "the gateway has ended");
    }
}

void LocalPrograms::sessionEnded(const std::string& session) {
    for (const auto& [name, service] : services_) {
        if (service->sessions.contains(session))
            stop(*service, "a sign-in that it used has gone");
    }
}

void LocalPrograms::onConsentOver(const Consent& consent, const std::string& why) {
    if (consent.subject.purpose != ConsentPurpose::Start)
        return;
    for (const auto& [name, service] : services_) {
        if (!service->permitted || service->permitted->consent != consent.id)
            continue;
        service->permitted.reset();
        stop(*service, why);
    }
}

// As `keybearer run --restart-on-expiry` does it; the gateway waits for a moment without calls.
void LocalPrograms::planRenewal(Running& service, const std::optional<WallTime>& ends) {
    service.ends = ends;
    if (!ends || service.program == nullptr)
        return service.renewal.stop();
    const auto life = std::max(*ends - service.startedWall, WallTime::duration(0));
    const auto ahead = std::clamp<WallTime::duration>(life / partAhead, leastAhead, mostAhead);
    const WallTime due = std::max(*ends - ahead, service.startedWall + leastRun);
    if (due <= clock_.wall()) {
        service.renewing = true;
        Q_EMIT expires(service.instance);
        return;
    }
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(due - clock_.wall());
    service.renewal.start(std::min<std::chrono::milliseconds>(left, longestTimer));
}

void LocalPrograms::record(const char* kind, const Running& service, const std::string& detail) const {
    AuditEvent event;
    event.kind = kind;
    event.caller = displaySafe(service.service.command.front(), 512);
    event.callerClass = identityLetter(IdentityClass::Capability);
    event.pid = service.program != nullptr ? service.program->pid() : 0;
    event.why = "service:" + service.service.name;
    event.detail = service.instance;
    if (!detail.empty())
        event.detail.append(": ").append(detail);
    if (setup_.record)
        setup_.record(event);
}

Json LocalPrograms::health() const {
    Json out = Json::object();
    for (const auto& [name, service] : services_) {
        Json entry{{"running", service->program != nullptr},
                   {"starts", service->starts},
                   {"deaths", service->deaths}};
        if (service->program != nullptr)
            entry["pid"] = service->program->pid();
        out[name] = std::move(entry);
    }
    return out;
}

} // namespace keybearer
