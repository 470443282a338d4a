#include "broker/stores/shared/SealedSharedStore.h"

#include "broker/base/Random.h"
#include "broker/log/Log.h"
#include "broker/stores/shared/SharedRekey.h"

#include <utility>

// The part of SealedSharedStore that knows whether it can serve, and keeps what it has seen.
namespace keybearer {

namespace {

constexpr auto brokerFact = "broker_id";
constexpr std::size_t brokerIdBytes = 9;
constexpr std::chrono::seconds decisionTime{10}; // calls wait so long for the first contact
constexpr std::size_t mostUndecided = 512;
constexpr std::chrono::seconds headerPause{1};        // between two tries to have the header
constexpr std::chrono::milliseconds notingPause{200}; // one change of the local state for many records

// Of the local state, so that what belongs to this broker is found again.
std::string brokerIdFrom(StoreLedger& ledger) {
    const Result<std::string> known = ledger.recall(brokerFact);
    if (known && !known->empty())
        return *known;
    std::string id = randomToken(brokerIdBytes);
    if (auto noted = ledger.remember(brokerFact, id); !noted)
        qCWarning(logStore).noquote() << "the name of this broker could not be remembered:"
                                      << QString::fromStdString(noted.error().message);
    return id;
}

} // namespace

SealedSharedStore::SealedSharedStore(Setup setup)
    : setup_(std::move(setup)), ring_({*setup_.records, setup_.backend, setup_.source, setup_.ledger,
                                       setup_.clock, setup_.wrapper, setup_.cost}),
      brokerId_(brokerIdFrom(setup_.ledger)), leases_(*setup_.records) {
    leases_.setOwner(brokerId_);
    deciding_.setSingleShot(true);
    noting_.setSingleShot(true);
    connect(&deciding_, &QTimer::timeout, this, &SealedSharedStore::decide);
    connect(&noting_, &QTimer::timeout, this, &SealedSharedStore::flushRanks);
    connect(&ring_, &SharedKeyRing::settled, this, &SealedSharedStore::onSettled);
    RemoteRecords* records = setup_.records.get();
    connect(records, &RemoteRecords::connected, this, &SealedSharedStore::onContact);
    connect(records, &RemoteRecords::healthChanged, this, &SealedSharedStore::onRecordsHealth);
    connect(records, &RemoteRecords::changed, this, &SealedSharedStore::onChanged);
    if (records->health().state == Health::State::Ready)
        later([this] { onContact(); });
}

SealedSharedStore::~SealedSharedStore() {
    flushRanks();
}

std::optional<Error> SealedSharedStore::unusable() const {
    if (ring_.trouble())
        return ring_.trouble();
    if (!contact_) {
        const Health health = setup_.records->health();
        return Error(ErrorCode::StoreUnavailable,
                     health.problem.empty() ? setup_.records->description() + " is not connected"
                                            : health.problem,
                     health.action.empty() ? "It is tried again by itself; see: keybearer store status"
                                           : health.action);
    }
    if (!ring_.isOpen())
        return Error(ErrorCode::StoreUnavailable, "the shared store is being opened",
                     "It is tried again by itself.")
            .retry(std::chrono::seconds(1));
    return std::nullopt;
}

// Nothing is known yet: the first contact is still being made, or the keys are on their way.
bool SealedSharedStore::isUndecided() const {
    if (ring_.trouble())
        return false;
    if (contact_)
        return !ring_.isOpen() && ring_.isLooking();
    const Health::State state = setup_.records->health().state;
    return state == Health::State::Unknown || state == Health::State::Ready;
}

CredentialStore::Health SealedSharedStore::health() const {
    Health out{Health::State::Ready, setup_.backend, {}, {}};
    const std::optional<Error> why = unusable();
    if (!why)
        return out;
    out.state = why->code == ErrorCode::StoreLocked ? Health::State::Locked : Health::State::Unavailable;
    if (isUndecided())
        out.state = Health::State::Unknown;
    out.problem = why->message;
    out.action = why->action;
    return out;
}

SealedSharedStore::Status SealedSharedStore::status() const {
    Status out;
    out.server = setup_.records->description();
    out.keyKind = ring_.source().kind;
    out.brokerId = brokerId_;
    out.leases = leases_.size();
    out.lost = lost_.size();
    out.lastContact = contact_ ? std::optional(setup_.clock.wall()) : lastContact_;
    for (const auto& [name, known] : known_)
        out.records += name.rfind("item/", 0) == 0 && !known.erased && known.revision != 0 ? 1U : 0U;
    if (const std::optional<SharedHeader>& header = ring_.header()) {
        out.keyKind = header->keyKind;
        out.keyId = header->keyId;
        out.storeId = header->storeId;
        out.wrapper = header->wrapper;
        out.rekeying = header->rekeying;
        out.keyMadeAt = header->keys.back().madeAt;
    }
    return out;
}

std::string SealedSharedStore::nameOf(const std::string& id) const {
    if (id.rfind("s_", 0) == 0)
        return "item/" + id;
    const bool plain = id.size() <= 100 &&
                       id.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                            "abcdefghijklmnopqrstuvwxyz0123456789_-") == std::string::npos;
    return "own/" + brokerId_ + "/" + (plain ? id : hex(sha256(id)));
}

void SealedSharedStore::whenDecided(Act act) {
    if (!isUndecided() || undecided_.size() >= mostUndecided)
        return act(unusable());
    undecided_.push_back(std::move(act));
    if (!deciding_.isActive())
        deciding_.start(decisionTime);
}

void SealedSharedStore::decide() {
    deciding_.stop();
    std::deque<Act> waiting;
    waiting.swap(undecided_);
    const std::optional<Error> why = unusable();
    for (const Act& act : waiting)
        act(why);
}

void SealedSharedStore::inLane(const std::string& name, Act act) {
    std::deque<Act>& lane = lanes_[name];
    lane.push_back(std::move(act));
    if (lane.size() == 1)
        runLane(name);
}

void SealedSharedStore::runLane(const std::string& name) {
    const Act act = lanes_[name].front();
    whenDecided(act);
}

void SealedSharedStore::leaveLane(const std::string& name) {
    // Later: whoever leaves may still be at work with what the lane holds.
    later([this, name] {
        const auto lane = lanes_.find(name);
        if (lane == lanes_.end())
            return;
        lane->second.pop_front();
        if (lane->second.empty())
            lanes_.erase(lane);
        else
            runLane(name);
    });
}

void SealedSharedStore::onContact() {
    contact_ = true;
    greeting_ = true;
    settledAt_ = std::chrono::steady_clock::now() + setup_.settling; // and again once it is open
    ring_.look();
    publishHealth();
}

void SealedSharedStore::onRecordsHealth() {
    const bool ready = setup_.records->health().state == Health::State::Ready;
    if (contact_ && !ready)
        lastContact_ = setup_.clock.wall();
    contact_ = contact_ && ready;
    if (!ready && !isUndecided())
        decide();
    publishHealth();
}

void SealedSharedStore::onSettled() {
    if (ring_.isOpen() && ring_.header()->storeId != ledgerStore_)
        loadLedger();
    if (!unusable() && std::exchange(greeting_, false))
        greet();
    if (!ring_.isOpen())
        greeting_ = true;
    // The server is there, and yet the header could not be had.
    if (contact_ && !ring_.isOpen() && !ring_.trouble())
        QTimer::singleShot(headerPause, &ring_, [this] { ring_.look(); });
    if (!isUndecided())
        decide();
    publishHealth();
}

// The server may have lost what it had confirmed: what was known of revisions is void.
void SealedSharedStore::greet() {
    settledAt_ = std::chrono::steady_clock::now() + setup_.settling;
    for (auto& [name, known] : known_)
        known.revision = 0;
    leases_.renew();
    restoreOwn();
    if (!retired_)
        later([this] { Q_EMIT connected(); });
}

void SealedSharedStore::restoreOwn() {
    for (const auto& [id, own] : own_) {
        const auto held = std::make_shared<Own>(own);
        read(id, [this, id = id, held](const Result<Secret>& there) {
            if (!there &&
                (there.error().code == ErrorCode::NotFound || there.error().code == ErrorCode::ParseError))
                write(id, held->tag, held->value.open(), [](const Result<void>&) {});
        });
    }
}

void SealedSharedStore::onChanged(const std::string& name, std::uint64_t revision) {
    if (name == headerRecord)
        return ring_.look();
    if (retired_ || name.rfind("item/", 0) != 0)
        return;
    const auto known = known_.find(name);
    if (known != known_.end() && known->second.revision == revision)
        return; // our own, or seen already
    inLane(name, [this, name, revision](const std::optional<Error>& why) {
        // What was under way in this lane may have been what changed it.
        if (why || revision == 0 || known_[name].revision == revision)
            return leaveLane(name);
        lookAtChange(name);
    });
}

void SealedSharedStore::lookAtChange(const std::string& name) {
    const Known before = known_[name];
    fetchRecord(name, [this, name, before](const Result<SharedRecord>& record) {
        if (record && !isOlder(name, *record))
            tell(name, before, known_[name]);
        leaveLane(name);
    });
}

void SealedSharedStore::tell(const std::string& name, const Known& before, const Known& now) {
    const std::string id = name.substr(name.find('/') + 1);
    if (now.erased) {
        if (!before.erased)
            Q_EMIT itemErased(id);
    } else if (now.generation != before.generation || before.erased) {
        Q_EMIT itemChanged(id, now.generation);
    }
}

void SealedSharedStore::loadLedger() {
    flushRanks();
    ledgerStore_ = ring_.header()->storeId;
    ranks_.clear();
    known_.clear();
    lost_.clear();
    if (Result<std::map<std::string, std::uint64_t>> ranks = setup_.ledger.expectedGenerations(ledgerStore_))
        ranks_ = std::move(*ranks);
}

void SealedSharedStore::see(const std::string& name, std::uint64_t revision, const SharedRecord& record) {
    known_[name] = {revision, record.tag.generation, record.births, record.erased};
    std::uint64_t& rank = ranks_[name];
    setLost(name, record.rank() < rank);
    if (record.rank() <= rank)
        return;
    rank = record.rank();
    unnoted_[name] = rank;
    if (!noting_.isActive())
        noting_.start(notingPause);
}

bool SealedSharedStore::isOlder(const std::string& name, const SharedRecord& record) const {
    const auto rank = ranks_.find(name);
    return rank != ranks_.end() && record.rank() < rank->second;
}

void SealedSharedStore::setLost(const std::string& name, bool lost) {
    const std::size_t before = lost_.size();
    if (lost)
        lost_.insert(name);
    else
        lost_.erase(name);
    if ((before == 0) != lost_.empty())
        later([this] { Q_EMIT healthChanged(); });
}

void SealedSharedStore::flushRanks() {
    if (unnoted_.empty())
        return;
    std::map<std::string, std::uint64_t> ranks;
    ranks.swap(unnoted_);
    if (auto noted = setup_.ledger.expectGenerations(ledgerStore_, ranks); !noted) {
        qCWarning(logStore).noquote() << "what was seen of the shared store could not be remembered:"
                                      << QString::fromStdString(noted.error().message);
        unnoted_.merge(ranks);
    }
}

void SealedSharedStore::unlock(std::optional<Secret> passphrase, Completion<void> done) {
    auto phrase = std::make_shared<SealedSecret>(passphrase ? SealedSecret(*passphrase) : SealedSecret());
    const bool given = passphrase.has_value();
    whenDecided([this, phrase, given, done = std::move(done)](const std::optional<Error>& why) {
        if (!contact_)
            return later([why, done] { done(failure(*why)); });
        ring_.unlock(given ? std::optional(phrase->open()) : std::nullopt, done);
    });
}

void SealedSharedStore::lock() {
    if (rekey_)
        rekey_->stop();
    ring_.lock();
    own_.clear();
}

void SealedSharedStore::rekey(std::optional<NextKey> next, Completion<void> done) {
    if (!rekey_)
        rekey_ = std::make_unique<SharedRekey>(*this, ring_);
    rekey_->start(std::move(next), std::move(done));
}

SealedSharedStore::Progress SealedSharedStore::progress() const {
    return rekey_ ? rekey_->progress() : Progress{};
}

void SealedSharedStore::publishHealth() {
    const Health now = health();
    const std::string text = std::to_string(static_cast<int>(now.state)) + now.problem;
    if (std::exchange(lastHealth_, text) != text)
        later([this] { Q_EMIT healthChanged(); });
}

void SealedSharedStore::later(std::function<void()> act) {
    QTimer::singleShot(0, &later_, std::move(act));
}

} // namespace keybearer
