#include "broker/accounts/TokenRefresher.h"

#include "broker/log/Log.h"

#include <algorithm>

namespace keybearer {

namespace {

using std::chrono::milliseconds;

constexpr std::size_t mostAtOnce = 4; // background refreshes in flight: wake-up is no stampede
constexpr milliseconds longestTick{
    30'000}; // timers stand still while the machine sleeps: look at the clock again
constexpr milliseconds shortestTick{20};
constexpr std::chrono::seconds doubtWindow{
    600}; // an interrupted refresh is retried at once when it is this young

} // namespace

TokenRefresher::TokenRefresher(RefreshRooms rooms, RefreshPlan plan) : rooms_(std::move(rooms)), plan_(plan) {
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, &TokenRefresher::onTick);
    connect(&rooms_.registry, &AccountRegistry::interruptedRefresh, this, &TokenRefresher::onInterrupted);
    connect(&rooms_.registry, &AccountRegistry::changed, this,
            [this](const std::string& id, AccountRegistry::Change) { onChanged(id); });
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
    if (outcome) {
        troubles_.erase(id);
    } else {
        Trouble& trouble = troubles_[id];
        ++trouble.failures;
        const milliseconds pause =
            backoff(plan_, trouble.failures, outcome.error().retryAfter, rooms_.random());
        trouble.notBefore = rooms_.clock.boot() + pause;
        trouble.ambiguous = trouble.ambiguous || ambiguous;
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
    WallTime at = refreshTime(plan_, *record.accessIssuedAt, *record.accessExpiresAt, jitterOf(*credential));
    if (const auto trouble = troubles_.find(id); trouble != troubles_.end()) {
        const auto left = std::chrono::ceil<milliseconds>(trouble->second.notBefore - rooms_.clock.boot());
        at = std::max(at, rooms_.clock.wall() + left);
    }
    due_[id] = at;
}

void TokenRefresher::onTick() {
    const WallTime now = rooms_.clock.wall();
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
    if (draining_ || due_.empty() || flights_.size() >= mostAtOnce)
        return timer_.stop(); // a landing flight arms it again
    const auto next = std::min_element(due_.begin(), due_.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    const milliseconds left = next->second - rooms_.clock.wall();
    timer_.start(std::clamp(left, shortestTick, longestTick));
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
