// VaultRecords: how it comes to serve, notices that it no longer does, and comes back.
#include "broker/log/Log.h"
#include "broker/stores/vault/VaultFault.h"
#include "broker/stores/vault/VaultRecords.h"

#include <QPointer>

#include <algorithm>

namespace keybearer {

namespace {

// A server that is away is not asked again by every call.
constexpr std::chrono::milliseconds failureHolds{500};
constexpr std::chrono::milliseconds firstRetry{1000}; // doubles
constexpr std::chrono::milliseconds longestRetry{15'000};

} // namespace

void VaultRecords::start() {
    poll_.setInterval(setup_.config.poll);
    QMetaObject::invokeMethod(this, &VaultRecords::open, Qt::QueuedConnection);
}

bool VaultRecords::justFailed() const {
    return fault_ && clock_.boot() < failedAt_ + failureHolds;
}

// Is the server well, is there the right engine for us, and what was written last?
void VaultRecords::open() {
    if (link_ != Link::Closed)
        return;
    link_ = Link::Opening;
    retry_.stop();
    VaultCall call;
    call.path = "sys/health";
    call.anonymous = true;
    session_.send(std::move(call), [this](const Result<VaultAnswer>& answer) { onHealth(answer); });
}

void VaultRecords::onHealth(const Result<VaultAnswer>& answer) {
    // Something before the server may answer this path in its own way; what follows tells.
    if (!answer && concernsAll(answer.error()))
        return openFailed(answer.error());
    if (answer) {
        if (const std::optional<Error> unwell = vaultUnwell(*answer, session_.config()))
            return openFailed(*unwell);
    }
    VaultCall call;
    call.path = "sys/internal/ui/mounts/" + session_.config().mount;
    call.capability = "read";
    call.anyStatus = true;
    session_.send(std::move(call), [this](const Result<VaultAnswer>& mount) { onMount(mount); });
}

void VaultRecords::onMount(const Result<VaultAnswer>& answer) {
    if (!answer)
        return openFailed(answer.error());
    if (const Result<void> checked = checkVaultMount(*answer, session_.config()); !checked)
        return openFailed(checked.error());
    feed_.poll([this](const Result<void>& polled) { onFirstPoll(polled); });
}

void VaultRecords::onFirstPoll(const Result<void>& polled) {
    if (!polled)
        return openFailed(polled.error());
    qCInfo(logStore, "vault: connected to %s", description().c_str());
    link_ = Link::Open;
    fault_.reset();
    readFault_.reset();
    writeFault_.reset();
    failures_ = 0;
    known_.clear();
    poll_.start();
    feed_.resume();
    const QPointer<VaultRecords> here(this);
    Q_EMIT healthChanged();
    if (here)
        Q_EMIT connected();
    if (here)
        runAll();
}

void VaultRecords::openFailed(const Error& error) {
    link_ = Link::Closed;
    const bool news = !fault_ || fault_->message != error.message;
    if (news)
        qCWarning(logStore, "vault: %s", error.message.c_str());
    fault_ = error;
    failedAt_ = clock_.boot();
    const std::chrono::milliseconds pause = firstRetry * (1 << std::min(failures_++, 4));
    retry_.start(std::min(pause, longestRetry));
    const QPointer<VaultRecords> here(this);
    if (news)
        Q_EMIT healthChanged();
    if (here)
        failAll(error);
}

void VaultRecords::close(const Error& error) {
    if (link_ != Link::Open)
        return;
    qCWarning(logStore, "vault: %s", error.message.c_str());
    link_ = Link::Closed;
    fault_ = error;
    failedAt_ = clock_.boot();
    poll_.stop();
    feed_.pause();
    retry_.start(firstRetry);
    Q_EMIT healthChanged();
}

void VaultRecords::runAll() {
    std::vector<std::string> names;
    for (const auto& [name, queue] : jobs_)
        names.push_back(name);
    for (const std::string& name : names)
        runFront(name);
    std::vector<std::uint64_t> numbers;
    for (const auto& [number, listing] : listings_)
        numbers.push_back(number);
    for (const std::uint64_t number : numbers)
        runListing(number);
}

void VaultRecords::failAll(const Error& error) {
    const QPointer<VaultRecords> here(this);
    std::vector<std::string> names;
    for (const auto& [name, queue] : jobs_) {
        if (!queue.front()->running)
            names.push_back(name);
    }
    for (auto name = names.begin(); name != names.end() && here; ++name) {
        if (jobs_.count(*name) != 0 && !jobs_.at(*name).front()->running)
            end(*name, failure(error));
    }
    while (here && !listings_.empty())
        endListing(listings_.begin()->first, failure(error));
}

void VaultRecords::onPublishFailed(const Error& error) {
    if (concernsAll(error))
        close(error);
    else
        setFault(error, true);
}

void VaultRecords::onPoll() {
    feed_.poll([this](const Result<void>& polled) { onPolled(polled); });
}

void VaultRecords::onPolled(const Result<void>& polled) {
    if (polled)
        return setFault(std::nullopt, false);
    if (concernsAll(polled.error()))
        close(polled.error());
    else
        setFault(polled.error(), false);
}

// Of one path alone: a policy that allows too little.
void VaultRecords::setFault(std::optional<Error> error, bool writing) {
    std::optional<Error>& fault = writing ? writeFault_ : readFault_;
    if (error.has_value() == fault.has_value() && (!error || error->message == fault->message))
        return;
    if (error)
        qCWarning(logStore, "vault: %s", error->message.c_str());
    fault = std::move(error);
    Q_EMIT healthChanged();
}

CredentialStore::Health VaultRecords::health() const {
    CredentialStore::Health out;
    out.backend = "vault";
    const std::optional<Error>& fault = fault_ ? fault_ : writeFault_ ? writeFault_ : readFault_;
    using State = CredentialStore::Health::State;
    out.state = fault ? State::Unavailable : link_ == Link::Open ? State::Ready : State::Unknown;
    if (fault) {
        out.problem = fault->message;
        out.action = fault->action;
    }
    return out;
}

std::string VaultRecords::description() const {
    const VaultConfig& config = session_.config();
    std::string out = vaultPlace(config) + ", mount " + config.mount + ", prefix " + setup_.prefix;
    if (!config.nameSpace.empty())
        out.append(", namespace ").append(config.nameSpace);
    return out;
}

} // namespace keybearer
