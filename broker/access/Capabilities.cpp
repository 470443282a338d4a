#include "broker/access/Capabilities.h"

#include "broker/base/Random.h"
#include "broker/base/Text.h"
#include "broker/platform/InterpreterScript.h"
#include "broker/platform/PeerCredentials.h"

#include <algorithm>
#include <sodium.h>

namespace keybearer {

namespace {

constexpr std::string_view secretPrefix = "kbc_"; // recognisable in a leak
constexpr std::size_t secretBytes = 32;
constexpr std::size_t idBytes = 6;      // a name for the audit log
constexpr std::size_t mostLive = 512;   // programs that run at once; more is a runaway script
constexpr std::size_t mostWaiting = 32; // questions about commands
constexpr std::size_t rememberedSpent = 1024;
constexpr std::size_t mostAncestors = 64;       // a chain that is longer is none of ours
constexpr std::chrono::minutes longestLook{30}; // between two looks at what has run out

std::string hashOf(std::string_view secret) {
    return sha256(secret);
}

bool sameHash(const std::string& one, const std::string& other) {
    return one.size() == other.size() && !one.empty() &&
           sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

bool isProcess(const Caller& holder, std::int64_t pid, std::uint64_t startTime) {
    return holder.pid == pid && holder.startTime == startTime;
}

// The program itself, or one that it started, however indirectly. A process whose parent has gone is nobody's
// child any more.
bool isFamily(const Caller& holder, const Caller& caller) {
    if (isProcess(holder, caller.pid, caller.startTime))
        return true;
    std::int64_t pid = caller.parentPid;
    for (std::size_t i = 0; i < mostAncestors && pid > 1; ++i) {
        const ProcessEvidence evidence = describeProcess(pid);
        if (isProcess(holder, pid, evidence.startTime))
            return true;
        pid = evidence.parentPid;
    }
    return false;
}

// The waiting process as the program that it is going to be.
Caller programOf(const Caller& opener, const RunCommand& command) {
    Caller caller;
    caller.uid = opener.uid;
    caller.pid = command.pid;
    caller.startTime = command.startTime;
    caller.executable = command.executable;
    caller.parentPid = opener.pid;
    caller.parentStartTime = opener.startTime;
    caller.startedBy = opener.executable;
    caller.script = command.script;
    caller.workingDirectory = command.workingDirectory;
    caller.executableHash = command.executableHash;
    caller.scriptHash = command.scriptHash;
    caller.terminal = opener.terminal;
    // The command line is known, not guessed from a running process: as good as a program of its own.
    caller.identity = IdentityClass::Capability;
    return caller;
}

std::string wayWithoutQuestion(const RunCommand& command) {
    std::string action = "Name the command under command: in the profile, which needs no question";
    for (const std::string& variable : command.environment)
        action += ", without " + displaySafe(variable.substr(0, variable.find('=')), 64);
    return action + ".";
}

} // namespace

Capabilities::Capabilities(Setup setup, ConsentGate& gate, const Clock& clock)
    : setup_(std::move(setup)), gate_(gate), clock_(clock) {
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, &Capabilities::onTick);
    connect(&gate_.records(), &ConsentRecords::revoked, this,
            [this](const Consent& consent) { endWith(consent, "its consent was revoked"); });
    connect(&gate_.records(), &ConsentRecords::ended, this,
            [this](const Consent& consent, const std::string& why) { endWith(consent, why); });
}

Capabilities::~Capabilities() = default;

void Capabilities::configure(std::vector<RunProfile> profiles) {
    setup_.profiles = std::move(profiles);
    const auto stillGives = [this](const Capability& capability) {
        const std::vector<std::string>& held = capability.holder.prior->allowed;
        return std::any_of(setup_.profiles.begin(), setup_.profiles.end(), [&](const RunProfile& profile) {
            return profile.name == capability.profile &&
                   std::all_of(held.begin(), held.end(), [&](const std::string& entry) {
                       return std::find(profile.allowed.begin(), profile.allowed.end(), entry) !=
                              profile.allowed.end();
                   });
        });
    };
    std::vector<std::string> over;
    for (const auto& [id, one] : live_) {
        if (one.capability.holder.prior && !stillGives(one.capability))
            over.push_back(id);
    }
    for (const std::string& id : over)
        end(id, "its profile gives less by now, or is gone");
}

Result<const RunProfile*> Capabilities::profileFor(const std::string& name, bool inEnvironment) const {
    std::vector<std::string> names;
    for (const RunProfile& profile : setup_.profiles) {
        names.push_back(profile.name);
        if (profile.name != name)
            continue;
        if (inEnvironment && !profile.fallback)
            return failure(ErrorCode::PolicyDenied,
                           "the profile " + name + " is not handed over in the environment",
                           "Leave --capability-env out, or set fallback: true in the profile.");
        return &profile;
    }
    Error error(ErrorCode::NotFound, "there is no run profile " + displaySafe(name, 64),
                "Write it under profiles: in config.yaml.");
    if (const std::string meant = nearest(name, names); !meant.empty())
        error.details.emplace_back("did_you_mean", meant);
    return failure(std::move(error));
}

// The watch is on the process already, so what is measured now is what is watched.
Result<void> Capabilities::checkChild(const Caller& opener, RunCommand& command) const {
    const ProcessEvidence evidence = describeProcess(command.pid);
    if (command.startTime == 0)
        command.startTime = evidence.startTime;
    if (evidence.startTime == 0 || evidence.startTime != command.startTime ||
        evidence.parentPid != opener.pid)
        return failure(ErrorCode::PolicyDenied, "a capability is for a process that the asker started itself",
                       "Start the program with: keybearer run --profile");
    return {};
}

void Capabilities::open(std::uint64_t connection, const Caller& opener, const std::string& profile,
                        RunCommand command, bool inEnvironment, Completion<Opened> done) {
    const Result<const RunProfile*> found = profileFor(profile, inEnvironment);
    if (!found)
        return done(tl::unexpected(found.error()));
    if (live_.size() >= mostLive || requests_.size() >= mostWaiting)
        return done(failure(
            Error(ErrorCode::RateLimited, "too many programs run under a profile", "End some of them.")
                .retry(std::chrono::seconds(10))));
    const std::uint64_t number = ++lastRequest_;
    const std::string id = "cap_" + randomToken(idBytes);
    auto watch = ProcessWatch::start(command.pid, [this, number, id] { processEnded(number, id); });
    const Result<void> child = watch == nullptr
                                   ? failure(ErrorCode::Cancelled, "the program has ended already")
                                   : checkChild(opener, command);
    if (!child)
        return done(tl::unexpected(child.error()));
    if (isInterpreter(command.executable)) {
        std::vector<std::string> words{command.executable};
        words.insert(words.end(), command.arguments.begin(), command.arguments.end());
        command.script = scriptOf(words, command.workingDirectory);
    }
    requests_[number] = Request{id,
                                connection,
                                opener,
                                **found,
                                std::move(command),
                                inEnvironment,
                                std::move(done),
                                std::move(watch)};
    begin(number);
}

void Capabilities::begin(std::uint64_t number) {
    Request& request = requests_.at(number);
    if (namesCommand(request.profile, request.command))
        return issue(number, ReleaseGrant{"config", std::nullopt, false, nullptr});
    if (!setup_.measure)
        return decide(number);
    measure(number, false);
}

void Capabilities::measure(std::uint64_t number, bool script) {
    const RunCommand& command = requests_.at(number).command;
    setup_.measure(script ? command.script : command.executable,
                   [this, number, script](const std::string& hex, const std::string& stamp) {
                       measured(number, script, hex, stamp);
                   });
}

void Capabilities::measured(std::uint64_t number, bool script, const std::string& hex,
                            const std::string& stamp) {
    const auto found = requests_.find(number);
    if (found == requests_.end())
        return; // the process or the connection went first
    RunCommand& command = found->second.command;
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

void Capabilities::decide(std::uint64_t number) {
    const Request& request = requests_.at(number);
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

void Capabilities::decided(std::uint64_t number, Result<ReleaseGrant> grant) {
    if (requests_.count(number) == 0)
        return; // the process or the connection went first
    if (grant)
        return issue(number, *grant);
    Error error = grant.error();
    if (error.code == ErrorCode::ConsentUnavailable || gate_.policy() == AccessPolicy::Locked)
        error.action = wayWithoutQuestion(requests_.at(number).command);
    giveUp(number, error);
}

void Capabilities::issue(std::uint64_t number, const ReleaseGrant& grant) {
    Request request = std::move(requests_.extract(number).mapped());
    Opened opened;
    Capability& capability = opened.capability;
    capability.id = request.id;
    capability.profile = request.profile.name;
    capability.issuedAt = clock_.wall();
    if (request.profile.expires)
        capability.until = clock_.wall() + *request.profile.expires;
    if (grant.consent) {
        ++grant.consent->uses;
        grant.consent->noteUse(clock_.wall(), clock_.boot());
        // One for the session is one for this run, however long nobody asks for anything.
        if (grant.consent->isLasting() && grant.until)
            capability.until = std::min(capability.until.value_or(*grant.until), *grant.until);
    }
    capability.inEnvironment = request.inEnvironment;
    capability.holder = programOf(request.opener, request.command);
    capability.holder.role = Role::Agent;
    capability.holder.ceiling = Role::Agent;
    capability.holder.capability = capability.id;
    capability.holder.prior =
        PriorGrant{"run:" + request.profile.name, request.profile.allowed, capability.until};
    opened.allowed = request.profile.allowed;
    opened.stamp = request.command.stamp;
    opened.restarts = request.profile.restarts;
    Live live{capability, {},   grant.consent ? grant.consent->id : std::string(), std::move(request.watch),
              {},         false};
    if (request.inEnvironment) {
        std::string secret = std::string(secretPrefix) + randomToken(secretBytes);
        live.secretHash = hashOf(secret);
        opened.secret = Secret::takeFrom(secret);
    } else {
        live.connections.insert(request.connection);
    }
    live_.emplace(capability.id, std::move(live));
    ++counters_.issued;
    armTimer();
    Q_EMIT issued(capability);
    request.done(std::move(opened));
}

void Capabilities::giveUp(std::uint64_t number, const Error& error) {
    const Request request = std::move(requests_.extract(number).mapped());
    static_cast<void>(refuse(programOf(request.opener, request.command), error.code, error.message, {}));
    request.done(failure(error));
}

void Capabilities::processEnded(std::uint64_t number, const std::string& id) {
    if (live_.count(id) != 0)
        return end(id, "the program ended");
    const auto waiting = requests_.find(number);
    if (waiting == requests_.end())
        return;
    Request request = std::move(requests_.extract(waiting).mapped());
    // We are inside the watch's callback: let it end first.
    QTimer::singleShot(0, this, [over = std::shared_ptr<ProcessWatch>(std::move(request.watch))] {});
    request.done(failure(ErrorCode::Cancelled, "the program ended before anybody answered"));
}

Capabilities::Live* Capabilities::findSecret(const std::string& hash) {
    Live* found = nullptr;
    for (auto& [id, live] : live_) {
        if (sameHash(live.secretHash, hash))
            found = &live;
    }
    return found;
}

Result<Capabilities::Live*> Capabilities::holderOf(const std::string& shown, const Caller& caller,
                                                   bool anyProcess) {
    const std::string hash = hashOf(shown);
    Live* live = findSecret(hash);
    if (live == nullptr) {
        const bool over = std::any_of(spent_.begin(), spent_.end(),
                                      [&](const std::string& each) { return sameHash(each, hash); });
        return over ? refuse(caller, ErrorCode::ClientExpired, "the capability ended with its program",
                             "Start the program anew with: keybearer run --profile")
                    : refuse(caller, ErrorCode::ClientUnknown, "nobody has issued this capability",
                             "Start the program with keybearer run --profile; see KEYBEARER_CAPABILITY.");
    }
    const Capability& capability = live->capability;
    if (capability.until && *capability.until <= clock_.wall())
        return refuse(caller, ErrorCode::ClientExpired, "the capability has expired",
                      "Start the program anew with: keybearer run --profile " + capability.profile);
    if (caller.uid != capability.holder.uid || (!anyProcess && !isFamily(capability.holder, caller)))
        return refuse(caller, ErrorCode::PolicyDenied, "the capability belongs to another program",
                      "A capability is good for the program that keybearer run started, and its children.");
    return live;
}

void Capabilities::fillIn(const Live& live, Caller& caller) {
    const Capability& capability = live.capability;
    caller.identity = IdentityClass::Capability;
    caller.role = Role::Agent;
    caller.ceiling = Role::Agent;
    caller.operatorProgram = false;
    caller.capability = capability.id;
    caller.prior = capability.holder.prior;
}

Result<void> Capabilities::admit(std::uint64_t connection, const std::string& shown, Caller& caller) {
    const Result<Live*> live = holderOf(shown, caller, false);
    if (!live)
        return failure(live.error());
    fillIn(**live, caller);
    (*live)->connections.insert(connection);
    return {};
}

Result<void> Capabilities::admitRoute(const std::string& shown, Caller& caller) {
    const Result<Live*> live = holderOf(shown, caller, caller.pid <= 0);
    if (!live)
        return failure(live.error());
    fillIn(**live, caller);
    return {};
}

Result<void> Capabilities::confirm(const Caller& caller) const {
    if (caller.capability.empty())
        return {};
    const auto live = live_.find(caller.capability);
    const bool over = live == live_.end() ||
                      (live->second.capability.until && *live->second.capability.until <= clock_.wall());
    if (!over)
        return {};
    return failure(ErrorCode::ClientExpired, "the capability ended with its program",
                   "Start the program anew with: keybearer run --profile");
}

tl::unexpected<Error> Capabilities::refuse(const Caller& caller, ErrorCode code, const std::string& what,
                                           const std::string& action) {
    ++counters_.refused;
    Q_EMIT refused(caller, what);
    return failure(code, what, action);
}

void Capabilities::connectionClosed(std::uint64_t connection) {
    for (auto waiting = requests_.begin(); waiting != requests_.end();)
        waiting = waiting->second.connection == connection ? requests_.erase(waiting) : std::next(waiting);
    for (auto& [id, live] : live_) {
        if (live.connections.erase(connection) == 0 || live.capability.inEnvironment)
            continue;
        return end(id, "its program has closed the connection"); // the only one, so nobody can come back
    }
}

void Capabilities::end(const std::string& id, const std::string& why) {
    auto node = live_.extract(id);
    if (node.empty())
        return;
    Live live = std::move(node.mapped());
    if (!live.secretHash.empty()) {
        spent_.push_back(live.secretHash);
        if (spent_.size() > rememberedSpent)
            spent_.pop_front();
    }
    ++counters_.ended;
    // We may be inside its callback: let it end first.
    QTimer::singleShot(0, this, [over = std::shared_ptr<ProcessWatch>(std::move(live.watch))] {});
    Q_EMIT ended(live.capability, why, {live.connections.begin(), live.connections.end()});
}

void Capabilities::endWith(const Consent& consent, const std::string& why) {
    std::vector<std::string> gone;
    for (const auto& [id, live] : live_) {
        if (live.consentId == consent.id)
            gone.push_back(id);
    }
    for (const std::string& id : gone)
        end(id, why);
}

void Capabilities::onTick() {
    std::vector<Capability> over;
    for (auto& [id, live] : live_) {
        const Capability& capability = live.capability;
        if (live.expiryTold || !capability.until || *capability.until > clock_.wall())
            continue;
        live.expiryTold = true;
        over.push_back(capability);
    }
    armTimer();
    for (const Capability& capability : over)
        Q_EMIT expired(capability);
}

void Capabilities::armTimer() {
    std::optional<WallTime> next;
    for (const auto& [id, live] : live_) {
        if (live.capability.until && !live.expiryTold)
            next = std::min(next.value_or(*live.capability.until), *live.capability.until);
    }
    if (!next)
        return timer_.stop();
    const auto left = std::clamp<std::chrono::milliseconds>(*next - clock_.wall(),
                                                            std::chrono::milliseconds(0), longestLook);
    timer_.start(left);
}

std::vector<Capability> Capabilities::live() const {
    std::vector<Capability> out;
    out.reserve(live_.size());
    for (const auto& [id, live] : live_)
        out.push_back(live.capability);
    return out;
}

Capabilities::Counters Capabilities::counters() const {
    Counters counters = counters_;
    counters.live = live_.size();
    return counters;
}

} // namespace keybearer
