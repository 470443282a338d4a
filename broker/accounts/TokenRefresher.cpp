#include "broker/accounts/TokenRefresher.h"

#include "broker/log/Log.h"
#include "broker/protocol/RpcError.h"

#include <algorithm>
#include <cmath>

namespace keybearer {

namespace {

using std::chrono::milliseconds;

constexpr std::size_t mostAtOnce = 4; // background refreshes in flight: wake-up is no stampede
constexpr milliseconds shortestTick{20};
constexpr milliseconds settling{2'000}; // after a wake-up or a new network: spread over so long
constexpr std::chrono::seconds doubtWindow{
    600}; // an interrupted refresh is retried at once when it is this young

} // namespace

TokenRefresher::TokenRefresher(RefreshRooms rooms, RefreshPlan plan) : rooms_(std::move(rooms)), plan_(plan) {
    rooms_.renewOther = [this](const std::string& id, Completion<void> done) {
        refresh(id, Urgency::Demand, std::move(done));
    };
    timer_ = BootTimer::create([this] { onTick(); });
    connect(&rooms_.registry, &AccountRegistry::interruptedRefresh, this, &TokenRefresher::onInterrupted);
    connect(&rooms_.registry, &AccountRegistry::changed, this,
            [this](const std::string& id, AccountRegistry::Change) { onChanged(id); });
    if (rooms_.shared != nullptr)
        connect(rooms_.shared, &SharedAccounts::returned, this, &TokenRefresher::tryAgain);
}

TokenRefresher::~TokenRefresher() = default;

void TokenRefresher::refresh(const std::string& id, Urgency urgency, Completion<void> done) {
    const auto flight = flights_.find(id);
    if (flight != flights_.end() && flight->second.run->unsaved())
        return done(failure(ErrorCode::StoreUnavailable, "new tokens are here but could not be saved yet",
                            "Make room on the disk; Keybearer goes on trying."));
    if (flight == flights_.end() && urgency == Urgency::Demand) {
        const auto trouble = troubles_.find(id);
        if (trouble != troubles_.end() && rooms_.clock.boot() < trouble->second.notBefore) {
            const auto left =
                std::chrono::ceil<std::chrono::seconds>(trouble->second.notBefore - rooms_.clock.boot());
            return done(
                failure(Error(ErrorCode::ProviderUnavailable, "the provider did not answer; waiting before "
                                                              "the next try")
                            .retry(left)));
        }
    }
    if (flight == flights_.end() && draining_)
        return done(
            failure(ErrorCode::Cancelled, "the broker is stopping", "Ask again; it starts by itself."));
    flights_[id].waiters.push_back(std::move(done));
    if (flights_[id].run == nullptr)
        begin(id);
}

void TokenRefresher::begin(const std::string& id) {
    auto run =
        std::make_unique<RefreshRun>(rooms_, id, troubles_[id].ambiguous, [this, id](Result<void> outcome) {
            onFinished(id, std::move(outcome));
        });
    connect(run.get(), &RefreshRun::saveFailed, this, [this, id](const Error& error) {
        std::vector<Completion<void>> waiters;
        waiters.swap(flights_[id].waiters);
        for (const Completion<void>& done : waiters)
            done(failure(error));
        Q_EMIT failed(id, error);
    });
    RefreshRun* started = run.get();
    flights_[id].run = std::move(run);
    // From the event loop: everybody who asks in this turn joins, and nothing completes inside refresh().
    QTimer::singleShot(0, started, &RefreshRun::start);
}

void TokenRefresher::onFinished(const std::string& id, Result<void> outcome) {
    const auto found = flights_.find(id);
    std::vector<Completion<void>> waiters = std::move(found->second.waiters);
    const bool ambiguous = found->second.run->ambiguous();
    found->second.run.release()->deleteLater(); // we are inside its last act
    flights_.erase(found);
    if (const Credential* credential = rooms_.registry.find(id))
        ++counters_[credential->record.provider]
                   [outcome ? "ok" : std::string(rpcErrorName(outcome.error().code).name)];
    if (outcome) {
        troubles_.erase(id);
    } else {
        Trouble& trouble = troubles_[id];
        ++trouble.failures;
        const BootTime pause = pauseAfter(id, trouble.failures, outcome.error());
        trouble.notBefore = rooms_.clock.boot() + pause;
        trouble.ambiguous = trouble.ambiguous || ambiguous;
        const ErrorDetail* sent = outcome.error().detail("sent");
        trouble.unreachable = sent != nullptr && *sent == ErrorDetail(false) && !outcome.error().retryAfter;
        if (isTransient(outcome.error().code))
            outcome.error().retryAfter = std::chrono::ceil<std::chrono::seconds>(pause);
        const Credential* credential = rooms_.registry.find(id);
        if (credential != nullptr && !credential->record.needsSignIn)
            rooms_.registry.setProblem(id, outcome.error().message);
        qCWarning(logAccounts).noquote()
            << "a refresh failed:" << QString::fromStdString(outcome.error().message);
        Q_EMIT failed(id, outcome.error());
    }
    plan(id);
    armTimer();
    for (const Completion<void>& done : waiters)
        done(outcome);
}

BootTime TokenRefresher::pauseAfter(const std::string& id, int failures, const Error& error) const {
    const milliseconds pause = backoff(plan_, failures, error.retryAfter, rooms_.random());
    const Credential* credential = rooms_.registry.find(id);
    // The provider refuses to renew while the token at hand still works: asked again when it does not.
    if (error.code == ErrorCode::SignInAgain && credential != nullptr && !credential->record.needsSignIn &&
        credential->record.accessExpiresAt)
        return std::max<milliseconds>(pause, *credential->record.accessExpiresAt - rooms_.clock.wall());
    return pause;
}

std::optional<TokenRefresher::Pause> TokenRefresher::pauseOf(const std::string& id) const {
    const auto trouble = troubles_.find(id);
    if (trouble == troubles_.end() || trouble->second.failures == 0)
        return std::nullopt;
    const BootTime left = trouble->second.notBefore - rooms_.clock.boot();
    return Pause{trouble->second.failures,
                 std::max(std::chrono::seconds(0), std::chrono::ceil<std::chrono::seconds>(left))};
}

void TokenRefresher::setSleeping(bool sleeping) {
    sleeping_ = sleeping;
    rooms_.registry.checkClock();
    planAll();
}

void TokenRefresher::setOnline(bool online) {
    online_ = online;
    if (online)
        return tryAgain();
    planAll();
}

void TokenRefresher::tryAgain() {
    for (auto& [id, trouble] : troubles_) {
        if (trouble.unreachable)
            trouble.notBefore = std::min(trouble.notBefore, rooms_.clock.boot());
    }
    planAll();
}

// After a pause of the whole machine or of its network everything may be due at once: spread it.
void TokenRefresher::configure(RefreshPlan plan) {
    plan_ = plan;
    planAll();
}

void TokenRefresher::planAll() {
    for (const Credential* credential : rooms_.registry.all())
        plan(credential->record.id);
    const BootTime now = rooms_.clock.boot();
    for (auto& [id, at] : due_) {
        if (at <= now)
            at = now + milliseconds(std::llround(static_cast<double>(settling.count()) * rooms_.random()));
    }
    armTimer();
}

void TokenRefresher::onInterrupted(const std::string& id, std::chrono::seconds age) {
    troubles_[id].ambiguous = true;
    // Who asks right after the start is quicker than the journal, which is read only then.
    if (const auto flight = flights_.find(id); flight != flights_.end() && flight->second.run != nullptr)
        flight->second.run->markAmbiguous();
    if (age > doubtWindow)
        return; // long past every grace window: at first demand
    refresh(id, Urgency::Demand, [](const Result<void>&) {});
}

void TokenRefresher::onChanged(const std::string& id) {
    plan(id);
    armTimer();
}

double TokenRefresher::jitterOf(const Credential& credential) {
    auto& [generation, number] = jitters_[credential.record.id];
    if (generation != credential.record.generation) {
        generation = credential.record.generation;
        number = rooms_.random();
    }
    return number;
}

void TokenRefresher::plan(const std::string& id) {
    due_.erase(id);
    const Credential* credential = rooms_.registry.find(id);
    if (credential == nullptr) {
        troubles_.erase(id);
        jitters_.erase(id);
        return;
    }
    const CredentialRecord& record = credential->record;
    // Only what this process has used: ten thousand sleeping sign-ins are nobody's business until somebody
    // asks.
    if (!credential->loaded || !record.refreshable || record.needsSignIn || record.quarantined ||
        !record.accessExpiresAt || !record.accessIssuedAt || flights_.contains(id))
        return;
    const WallTime wall =
        refreshTime(plan_, *record.accessIssuedAt, *record.accessExpiresAt, jitterOf(*credential));
    BootTime at = rooms_.clock.boot() + (wall - rooms_.clock.wall());
    if (const auto trouble = troubles_.find(id); trouble != troubles_.end())
        at = std::max(at, trouble->second.notBefore);
    due_[id] = at;
}

void TokenRefresher::onTick() {
    rooms_.registry.checkClock();
    if (sleeping_ || !online_)
        return;
    const BootTime now = rooms_.clock.boot();
    std::vector<std::string> ready;
    for (const auto& [id, at] : due_) {
        if (at <= now && flights_.size() + ready.size() < mostAtOnce)
            ready.push_back(id);
    }
    for (const std::string& id : ready) {
        due_.erase(id);
        refresh(id, Urgency::Demand, [](const Result<void>&) {});
    }
    armTimer();
}

void TokenRefresher::armTimer() {
    if (draining_ || sleeping_ || !online_ || due_.empty() || flights_.size() >= mostAtOnce)
        return timer_->stop(); // a landing flight, a wake-up, a network arms it again
    const auto next = std::min_element(due_.begin(), due_.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    timer_->start(
        std::max(shortestTick, std::chrono::ceil<milliseconds>(next->second - rooms_.clock.boot())));
}

std::size_t TokenRefresher::unsaved() const {
    return static_cast<std::size_t>(std::count_if(flights_.begin(), flights_.end(), [](const auto& flight) {
        return flight.second.run != nullptr && flight.second.run->unsaved();
    }));
}

void TokenRefresher::saveNow() {
    std::vector<RefreshRun*> runs;
    for (const auto& [id, flight] : flights_)
        runs.push_back(flight.run.get());
    for (RefreshRun* run : runs)
        run->saveNow();
}

} // namespace keybearer
