#include "broker/access/Capabilities.h"

#include "broker/access/StartedProgram.h"
#include "broker/base/Random.h"
#include "broker/base/Text.h"

#include <algorithm>
#include <sodium.h>

namespace keybearer {

namespace {

constexpr std::string_view secretPrefix = "kbc_"; // recognisable in a leak
constexpr std::size_t secretBytes = 32;
constexpr std::size_t mostLive = 512; // programs that run at once; more is a runaway script
constexpr std::size_t rememberedSpent = 1024;
constexpr std::chrono::minutes longestLook{30}; // between two looks at what has run out

std::string hashOf(std::string_view secret) {
    return sha256(secret);
}

bool sameHash(const std::string& one, const std::string& other) {
    return one.size() == other.size() && !one.empty() &&
           sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

} // namespace

Capabilities::Capabilities(Setup setup, ConsentGate& gate, const Clock& clock)
    : profiles_(std::move(setup.profiles)), gate_(gate), clock_(clock),
      requests_(std::move(setup.measure), gate) {
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, &Capabilities::onTick);
    connect(&gate_.records(), &ConsentRecords::revoked, this,
            [this](const Consent& consent) { endWith(consent, "its consent was revoked"); });
    connect(&gate_.records(), &ConsentRecords::ended, this,
            [this](const Consent& consent, const std::string& why) { endWith(consent, why); });
    connect(&requests_, &StartRequests::refused, this, [this](const Caller& program, const std::string& why) {
        ++counters_.refused;
        Q_EMIT refused(program, why);
    });
    connect(&requests_, &StartRequests::processEnded, this,
            [this](const std::string& id) { end(id, "the program ended"); });
}

Capabilities::~Capabilities() = default;

void Capabilities::configure(std::vector<RunProfile> profiles) {
    profiles_ = std::move(profiles);
    const auto stillGives = [this](const Capability& capability) {
        const std::vector<std::string>& held = capability.holder.prior->allowed;
        return std::any_of(profiles_.begin(), profiles_.end(), [&](const RunProfile& profile) {
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
    for (const RunProfile& profile : profiles_) {
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

void Capabilities::open(std::uint64_t connection, const Caller& opener, const std::string& profile,
                        RunCommand command, bool inEnvironment, Completion<Opened> done) {
    const Result<const RunProfile*> found = profileFor(profile, inEnvironment);
    if (!found)
        return done(tl::unexpected(found.error()));
    if (live_.size() >= mostLive || requests_.isFull())
        return done(failure(
            Error(ErrorCode::RateLimited, "too many programs run under a profile", "End some of them.")
                .retry(std::chrono::seconds(10))));
    requests_.ask({{}, connection, opener, **found, std::move(command), inEnvironment, nullptr},
                  [this, done = std::move(done)](Result<StartRequests::Allowed> allowed) {
                      done(allowed ? Result<Opened>(issue(std::move(*allowed)))
                                   : Result<Opened>(tl::unexpected(allowed.error())));
                  });
}

Capabilities::Opened Capabilities::issue(StartRequests::Allowed allowed) {
    StartRequest& request = allowed.request;
    const ReleaseGrant& grant = allowed.grant;
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
    return opened;
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
    requests_.connectionClosed(connection);
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
