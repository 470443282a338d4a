#include "broker/accounts/AccountRegistry.h"

#include "broker/base/Random.h"
#include "broker/base/Time.h"
#include "broker/log/Log.h"

#include <utility>

namespace keybearer {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds slewed{2'000}; // what is less was no jump: clocks are set right in small steps

milliseconds offsetOf(const Clock& clock) {
    return clock.wall().time_since_epoch() - std::chrono::floor<milliseconds>(clock.boot());
}

} // namespace

CredentialState Credential::state() const {
    if (record.quarantined)
        return CredentialState::Quarantined;
    if (record.needsSignIn)
        return CredentialState::NeedsSignIn;
    if (refreshing)
        return CredentialState::Refreshing;
    return locked ? CredentialState::Locked : CredentialState::Active;
}

AccountRegistry::AccountRegistry(CredentialIndex& index, CredentialVault& vault, const Clock& clock)
    : index_(index), vault_(vault), clock_(clock), clockOffset_(offsetOf(clock)) {}

Result<void> AccountRegistry::load() {
    Result<std::vector<CredentialRecord>> records = index_.loadRecords();
    if (!records)
        return tl::unexpected(records.error());
    for (CredentialRecord& record : *records) {
        auto credential = std::make_unique<Credential>();
        const std::string id = record.id;
        credential->record = std::move(record);
        names_.put(credential->record);
        credentials_[id] = std::move(credential);
    }
    return {};
}

void AccountRegistry::checkClock() {
    const milliseconds now = offsetOf(clock_);
    const milliseconds jump = now - clockOffset_;
    clockOffset_ = now;
    if (std::chrono::abs(jump) < slewed)
        return;
    qCInfo(logAccounts) << "the wall clock jumped by" << jump.count() / 1000 << "s";
    for (const auto& [id, credential] : credentials_) {
        // What the store told was reckoned by some earlier clock, perhaps the right one. It moves only where
        // it would otherwise live longer.
        if (credential->record.accessExpiresAt && (credential->receivedHere || jump < milliseconds(0)))
            moveTimes(*credential, jump);
    }
    for (const auto& [id, credential] : credentials_)
        touch(id, Change::Updated);
}

void AccountRegistry::moveTimes(Credential& credential, milliseconds by) {
    CredentialRecord& record = credential.record;
    record.accessExpiresAt = *record.accessExpiresAt + by;
    if (record.accessIssuedAt)
        record.accessIssuedAt = *record.accessIssuedAt + by;
    if (record.refreshExpiresAt)
        record.refreshExpiresAt = *record.refreshExpiresAt + by;
    saveRecord(credential);
    if (!credential.loaded)
        return;
    // The item too: after a restart it is all there is to go by.
    if (auto kept = vault_.keep(record.id, itemTag(record), secretsOf(credential)); !kept)
        qCWarning(logAccounts) << "the times of a session could not be set right on the disk";
}

Result<std::string> AccountRegistry::adopt(SignedIn who, TokenSet&& tokens) {
    const Credential* before = nullptr;
    for (const std::string& known : names_.ofAccount(who.provider, who.account.subject)) {
        const Credential* candidate = find(known);
        const CredentialRecord& record = candidate->record;
        if (record.issuer == who.issuer && record.resource == who.resource &&
            record.account.subject == who.account.subject && record.kind == who.kind)
            before = candidate;
    }
    auto credential = std::make_unique<Credential>();
    CredentialRecord& record = credential->record;
    if (before != nullptr)
        record = before->record;
    else
        record.createdAt = clock_.wall();
    const std::uint64_t generation = before == nullptr ? 1 : record.generation + 1;
    record.id = before == nullptr ? "s_" + randomToken(9) : record.id;
    record.provider = who.provider;
    record.issuer = who.issuer;
    record.resource = who.resource;
    record.account = who.account;
    record.kind = who.kind;
    record.assertionSubject = who.assertionSubject;
    record.refreshedAt = clock_.wall();
    record.needsSignIn = record.quarantined = false;
    record.reason.clear();
    record.problem.clear();
    CredentialSecrets secrets = firstSecrets(std::move(tokens), who.askedScopes, generation);
    secrets.serviceKey = std::move(who.serviceKey);
    if (!who.dpopKey.empty())
        secrets.dpopKey = std::move(who.dpopKey);
    const std::string id = record.id;
    const Change change = before == nullptr ? Change::Added : Change::Updated;
    if (auto kept = keepNew(std::move(credential), secrets, change); !kept)
        return tl::unexpected(kept.error());
    return id;
}

Result<void> AccountRegistry::keepNew(std::unique_ptr<Credential> credential,
                                      const CredentialSecrets& secrets, Change change) {
    place(*credential, secrets);
    credential->receivedHere = true;
    const CredentialRecord& record = credential->record;
    const std::string id = record.id;
    // The record first: a journal entry without a record would be taken for an erase that was cut short.
    if (auto stored = index_.putRecord(record); !stored)
        return stored;
    if (auto kept = vault_.keep(id, itemTag(record), secrets); !kept) {
        if (change == Change::Added)
            static_cast<void>(index_.removeRecord(id).has_value());
        return kept;
    }
    credentials_[id] = std::move(credential);
    touch(id, change);
    return {};
}

Result<void> AccountRegistry::publish(const std::string& id, const CredentialSecrets& next) {
    Credential* credential = writable(id);
    if (credential == nullptr)
        return failure(ErrorCode::NotFound, "the session was removed meanwhile");
    if (next.generation <= credential->record.generation)
        return {}; // a newer generation is there: the stale one is dropped
    CredentialRecord renewed = credential->record;
    renewed.refreshedAt = clock_.wall();
    renewed.needsSignIn = false;
    renewed.reason.clear();
    renewed.problem.clear();
    if (auto kept = vault_.keep(id, itemTag(renewed), next); !kept)
        return kept;
    credential->record = std::move(renewed);
    place(*credential, next);
    credential->receivedHere = true;
    saveRecord(*credential);
    touch(id, Change::Updated);
    return {};
}

void AccountRegistry::markNeedsSignIn(const std::string& id, const std::string& reason,
                                      const std::string& problem) {
    Credential* credential = writable(id);
    if (credential == nullptr)
        return;
    credential->record.needsSignIn = true;
    credential->record.reason = reason;
    credential->record.problem = problem;
    saveRecord(*credential);
    touch(id, Change::Updated);
    tellOthers(id);
}

void AccountRegistry::setRefreshing(const std::string& id, bool refreshing) {
    Credential* credential = writable(id);
    if (credential == nullptr || credential->refreshing == refreshing)
        return;
    credential->refreshing = refreshing;
    touch(id, Change::Updated);
}

void AccountRegistry::setProblem(const std::string& id, const std::string& problem) {
    Credential* credential = writable(id);
    if (credential == nullptr || credential->record.problem == problem)
        return;
    credential->record.problem = problem;
    touch(id, Change::Updated);
}

Result<void> AccountRegistry::rename(const std::string& id, const std::string& label) {
    Credential* credential = writable(id);
    if (credential == nullptr)
        return failure(ErrorCode::NotFound, "there is no such session");
    CredentialRecord record = credential->record;
    record.account.label = label;
    if (auto stored = index_.putRecord(record); !stored)
        return stored;
    credential->record = std::move(record);
    touch(id, Change::Updated);
    tellOthers(id);
    return {};
}

void AccountRegistry::erase(const std::string& id, Completion<void> done) {
    if (auto removed = index_.removeRecord(id); !removed)
        return done(tl::unexpected(removed.error()));
    credentials_.erase(id);
    unsavedUse_.erase(id);
    touch(id, Change::Removed);
    vault_.erase(id, std::move(done));
}

void AccountRegistry::noteUse(const std::string& id, const std::string& caller) {
    Credential* credential = writable(id);
    if (credential == nullptr)
        return;
    credential->record.lastUsedAt = clock_.wall();
    credential->record.lastUsedBy = caller;
    unsavedUse_[id] = true;
}

void AccountRegistry::saveUses() {
    for (const auto& [id, unused] : unsavedUse_) {
        if (const Credential* credential = find(id))
            saveRecord(*credential);
    }
    unsavedUse_.clear();
}

void AccountRegistry::touch(const std::string& id, Change change) {
    ++epoch_;
    if (const Credential* credential = find(id))
        names_.put(credential->record);
    else
        names_.remove(id);
    Q_EMIT changed(id, change);
}

void AccountRegistry::saveRecord(const Credential& credential) {
    if (auto stored = index_.putRecord(credential.record); !stored)
        qCWarning(logAccounts).noquote()
            << "the index could not be written:" << QString::fromStdString(stored.error().message);
}

Credential* AccountRegistry::writable(const std::string& id) {
    const auto found = credentials_.find(id);
    return found == credentials_.end() ? nullptr : found->second.get();
}

ItemTag AccountRegistry::itemTag(const CredentialRecord& record) {
    ItemTag tag("Keybearer - " + record.provider + " - " + record.account.label);
    tag.generation = record.generation;
    tag.record = packRecord(record);
    return tag;
}

} // namespace keybearer
