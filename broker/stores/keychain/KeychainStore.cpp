#include "broker/stores/keychain/KeychainStore.h"

#include "broker/base/Random.h"
#include "broker/base/Text.h"
#include "broker/stores/keychain/KeychainProblem.h"
#include "broker/stores/keychain/PartedStore.h"

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;

namespace keybearer {

namespace {

// Of the deadline, how much a job gets before the Secret Service is asked whether it lives at all: the rest
// must be enough for one answer over the bus.
constexpr int patienceNumerator = 3;
constexpr int patienceDenominator = 4;

#ifdef Q_OS_WIN
// The Credential Manager knows no service, and CRED_MAX_CREDENTIAL_BLOB_SIZE is 2560 bytes.
constexpr bool keyCarriesNamespace = true;
constexpr std::size_t itemCap = 2000;
#else
constexpr bool keyCarriesNamespace = false;
constexpr std::size_t itemCap = 0;
#endif

Completion<Secret> withoutValue(Completion<void> done) {
    return [done = std::move(done)](Result<Secret> result) {
        if (result)
            done({});
        else
            done(failure(std::move(result.error())));
    };
}

} // namespace

std::string keychainNamespace(const std::string& home) {
    constexpr std::size_t suffixBytes = 4;
    return home.empty() ? "keybearer" : "keybearer:" + hex(sha256(home).substr(0, suffixBytes));
}

std::unique_ptr<CredentialStore> makeKeychainStore(std::string ns, std::chrono::milliseconds deadline) {
    std::unique_ptr<CredentialStore> store = std::make_unique<KeychainStore>(std::move(ns), deadline);
    if (itemCap != 0)
        store = std::make_unique<PartedStore>(std::move(store), itemCap);
    return store;
}

KeychainStore::KeychainStore(const std::string& ns, std::chrono::milliseconds deadline)
    : service_(QString::fromStdString(ns)), deadline_(deadline) {
    health_.backend = "keychain";
    patienceTimer_.setSingleShot(true);
    deadlineTimer_.setSingleShot(true);
    connect(&patienceTimer_, &QTimer::timeout, this, &KeychainStore::onPatienceEnds);
    connect(&deadlineTimer_, &QTimer::timeout, this, &KeychainStore::onDeadline);
}

KeychainStore::~KeychainStore() = default;

void KeychainStore::write(std::string id, ItemTag tag, Secret value, Completion<void> done) {
    enqueue({Kind::Write, keyOf(id), QString::fromStdString(displaySafe(tag.label)), SealedSecret(value),
             withoutValue(std::move(done))});
}

void KeychainStore::read(std::string id, Completion<Secret> done) {
    enqueue({Kind::Read, keyOf(id), {}, {}, std::move(done)});
}

void KeychainStore::erase(std::string id, Completion<void> done) {
    enqueue({Kind::Erase, keyOf(id), {}, {}, withoutValue(std::move(done))});
}

QString KeychainStore::keyOf(const std::string& id) const {
    const QString key = QString::fromStdString(id);
    return keyCarriesNamespace ? service_ + QLatin1Char('/') + key : key;
}

void KeychainStore::enqueue(Call call) {
    waiting_.push_back(std::move(call));
    wake();
}

void KeychainStore::wake() {
    if (std::exchange(pumping_, true))
        return;
    QMetaObject::invokeMethod(this, &KeychainStore::pump, Qt::QueuedConnection);
}

void KeychainStore::pump() {
    pumping_ = false;
    if (current_ || waiting_.empty())
        return;
    current_ = std::move(waiting_.front());
    waiting_.pop_front();
    if (overrun_) {
        finish(failure(overrunError_));
        return;
    }
    if (std::optional<Error> missing = missingForKeychain()) {
        finish(failure(std::move(*missing)));
        return;
    }
    if (bus_ == Bus::Connecting) {
        // An earlier call has waited for its whole deadline already.
        finish(failure(sessionBusSilent()));
        return;
    }
    deadlineTimer_.start(deadline_);
    repeated_ = false;
    if (bus_ == Bus::Untried && SecretService::existsHere())
        connectBus();
    else
        startJob();
}

void KeychainStore::connectBus() {
    bus_ = Bus::Connecting;
    secretService_.connectBus([this] {
        bus_ = Bus::Tried;
        if (current_)
            startJob();
    });
}

void KeychainStore::startJob() {
    serviceLives_ = false;
    written_ = false;
    patienceTimer_.start(remaining() * patienceNumerator / patienceDenominator);
    const auto answered = [this](KeychainAnswer answer) { onAnswer(std::move(answer)); };
    switch (current_->kind) {
    case Kind::Write:
        job_ = KeychainJob::write(service_, current_->key, current_->value.open(), answered);
        return;
    case Kind::Read:
        job_ = KeychainJob::read(service_, current_->key, answered);
        return;
    case Kind::Erase:
        job_ = KeychainJob::erase(service_, current_->key, answered);
        return;
    }
}

void KeychainStore::onAnswer(KeychainAnswer answer) {
    if (SecretService::existsHere() && !std::exchange(busLossHandled_, true))
        SecretService::surviveBusLoss();
    if (!job_) {
        // The late end of a job whose call has failed long ago: what it says is of no interest, that it ended
        // is.
        overrun_.reset();
        health_.state = Health::State::Unknown;
        health_.problem.clear();
        health_.action.clear();
        return;
    }
    job_.reset();
    patienceTimer_.stop();
    const bool done = answer.outcome == KeychainAnswer::Outcome::Done;
    if (done && current_->kind == Kind::Read) {
        finish(std::move(answer.value));
    } else if (!SecretService::existsHere()) {
        // The keychains of macOS and Windows mean what they say.
        answer.outcome == KeychainAnswer::Outcome::Failed
            ? finish(failure(keychainFailed(answer.words, std::nullopt)))
            : onConfirmed(answer.words, answer.outcome, {ItemFinding::Presence::Absent, {}});
    } else {
        confirm(std::move(answer));
    }
}

void KeychainStore::confirm(KeychainAnswer answer) {
    written_ = current_->kind == Kind::Write && answer.outcome == KeychainAnswer::Outcome::Done;
    if (!SecretService::busReachable()) {
        onConfirmed(answer.words, answer.outcome, {ItemFinding::Presence::NoService, {}});
        return;
    }
    secretService_.find(service_, current_->key, remaining(),
                        [this, words = answer.words, outcome = answer.outcome](const ItemFinding& finding) {
                            onConfirmed(words, outcome, finding);
                        });
}

void KeychainStore::onConfirmed(const std::string& words, KeychainAnswer::Outcome outcome,
                                const ItemFinding& finding) {
    using Outcome = KeychainAnswer::Outcome;
    using Presence = ItemFinding::Presence;
    if (outcome == Outcome::Failed) {
        const bool serviceAnswers =
            finding.presence != Presence::NoService && finding.presence != Presence::NoAnswer;
        if (serviceAnswers && !std::exchange(repeated_, true)) {
            SecretService::forgetSession();
            startJob();
            return;
        }
        finish(failure(keychainFailed(words, finding.presence)));
        return;
    }
    if (outcome == Outcome::Locked) {
        finish(failure(keychainLocked()));
        return;
    }
    if (current_->kind == Kind::Write) {
        const bool lasts =
            std::any_of(finding.unlocked.begin(), finding.unlocked.end(), [](const QString& path) {
                return !path.startsWith(QStringLiteral("/org/freedesktop/secrets/collection/session/"));
            });
        volatile_ = finding.presence == Presence::Unlocked && !lasts;
        if (finding.presence == Presence::Unlocked)
            relabel(finding.unlocked);
        else
            finish(Secret());
        return;
    }
    // KWallet is no Secret Service on every desktop; its own answers are reliable.
    const bool walletSaidSo = finding.presence == Presence::NoService && SecretService::walletPossible();
    if (finding.presence == Presence::Absent || walletSaidSo) {
        if (current_->kind == Kind::Erase)
            finish(Secret());
        else
            finish(failure(ErrorCode::NotFound, "the keyring has no such credential"));
        return;
    }
    if (finding.presence == Presence::Unlocked)
        finish(failure(ErrorCode::StoreUnavailable,
                       "the keyring neither gives nor deletes an item that it has",
                       "Restart the keyring service, then try again."));
    else
        finish(failure(keychainFailed(words, finding.presence)));
}

void KeychainStore::relabel(const QStringList& paths) {
    secretService_.relabel(paths, current_->label, remaining(), [this] { finish(Secret()); });
}

void KeychainStore::onPatienceEnds() {
    if (!job_ || !SecretService::existsHere() || !SecretService::busReachable())
        return;
    secretService_.find(service_, current_->key, remaining(), [this](const ItemFinding& finding) {
        serviceLives_ = finding.presence != ItemFinding::Presence::NoAnswer &&
                        finding.presence != ItemFinding::Presence::NoService;
    });
}

void KeychainStore::onDeadline() {
    secretService_.cancel();
    if (bus_ == Bus::Connecting) {
        finish(failure(sessionBusSilent()));
        return;
    }
    if (!job_) {
        // The job itself was answered; what hangs is the confirmation, or only the search for where to put
        // the label.
        if (written_)
            finish(Secret());
        else
            finish(failure(keychainSilent()));
        return;
    }
    overrun_ = std::move(job_);
    overrunError_ = serviceLives_ ? keychainWaits() : keychainSilent();
    finish(failure(overrunError_));
}

std::chrono::milliseconds KeychainStore::remaining() const {
    return std::max(deadlineTimer_.remainingTimeAsDuration(), 1ms);
}

void KeychainStore::finish(Result<Secret> result) {
    patienceTimer_.stop();
    deadlineTimer_.stop();
    noteHealth(result ? nullptr : &result.error());
    const Completion<Secret> done = std::move(current_->done);
    current_.reset();
    if (!waiting_.empty())
        wake();
    done(std::move(result));
}

void KeychainStore::noteHealth(const Error* error) {
    using State = Health::State;
    health_.problem.clear();
    health_.action.clear();
    health_.state = State::Ready;
    if (volatile_) {
        health_.problem = keychainVolatile().message;
        health_.action = keychainVolatile().action;
    }
    if (error == nullptr || error->code == ErrorCode::NotFound)
        return;
    health_.state = error->code == ErrorCode::StoreLocked ? State::Locked : State::Unavailable;
    health_.problem = error->message;
    health_.action = error->action;
}

} // namespace keybearer
