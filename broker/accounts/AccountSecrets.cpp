#include "broker/accounts/AccountRegistry.h"
#include "broker/base/Time.h"
#include "broker/log/Log.h"

#include <utility>

// The part of AccountRegistry that brings secrets into memory and takes them out again.
namespace keybearer {

void AccountRegistry::open(Completion<void> done) {
    if (isOpen())
        return done({});
    vault_.open([this, done = std::move(done)](
                    const Result<std::map<std::string, RotationJournal::Pending>>& pending) {
        if (!pending)
            return done(tl::unexpected(pending.error()));
        takeOver(*pending);
        done({});
    });
}

void AccountRegistry::forgetSecrets(Credential& credential) {
    credential.accessToken = SealedSecret();
    credential.refreshToken = SealedSecret();
    credential.previousRefreshToken = SealedSecret();
    credential.serviceKey = SealedSecret();
    credential.idToken = SealedSecret();
    credential.dpopKey = SealedSecret();
    credential.loaded = false;
}

void AccountRegistry::lock() {
    vault_.lock();
    for (const auto& [id, credential] : credentials_) {
        forgetSecrets(*credential);
        credential->locked = true;
        touch(id, Change::Updated);
    }
}

void AccountRegistry::unlocked() {
    for (const auto& [id, credential] : credentials_) {
        if (std::exchange(credential->locked, false))
            touch(id, Change::Updated);
    }
}

void AccountRegistry::takeOver(const std::map<std::string, RotationJournal::Pending>& pending) {
    for (const auto& [id, entry] : pending) {
        Credential* credential = writable(id);
        if (credential == nullptr) {
            // Its record was removed, so the erase was under way: finish it.
            vault_.erase(id, [](const Result<void>&) {});
            continue;
        }
        if (entry.commit) {
            place(*credential, *entry.commit);
            saveRecord(*credential);
            if (auto kept = vault_.keep(id, itemTag(credential->record), *entry.commit); !kept)
                qCWarning(logAccounts) << "a journal entry could not be carried over";
        } else if (entry.damaged) {
            // The item holds the generation before: the refresh below decides whether it still lives.
            credential->record.problem = "the newest tokens were damaged on disk; using the ones before";
        }
        touch(id, Change::Updated);
        if (entry.intent || entry.damaged) {
            const auto age = entry.intent ? clock_.wall() - entry.intent->at : std::chrono::milliseconds(0);
            Q_EMIT interruptedRefresh(id, std::chrono::duration_cast<std::chrono::seconds>(age));
        }
    }
}

void AccountRegistry::place(Credential& credential, const CredentialSecrets& secrets) {
    CredentialRecord& record = credential.record;
    record.generation = secrets.generation;
    record.scopes = secrets.scopes;
    record.accessIssuedAt = secrets.issuedAt;
    record.accessExpiresAt = secrets.expiresAt;
    record.refreshExpiresAt = secrets.refreshExpiresAt;
    record.refreshable = record.kind == CredentialKind::SignIn ? !secrets.refreshToken.empty()
                                                               : record.kind != CredentialKind::ApiKey;
    credential.accessToken = SealedSecret(secrets.accessToken);
    credential.refreshToken = SealedSecret(secrets.refreshToken);
    credential.previousRefreshToken = SealedSecret(secrets.previousRefreshToken);
    credential.serviceKey = SealedSecret(secrets.serviceKey);
    credential.idToken = SealedSecret(secrets.idToken);
    credential.dpopKey = SealedSecret(secrets.dpopKey);
    credential.tokenType = secrets.tokenType;
    credential.loaded = true;
    credential.locked = false;
}

void AccountRegistry::ensureLoaded(const std::string& id, Completion<void> done) {
    const Credential* credential = find(id);
    if (credential == nullptr)
        return done(failure(ErrorCode::NotFound, "there is no such session"));
    if (credential->loaded)
        return done({});
    std::vector<Completion<void>>& waiters = loading_[id];
    waiters.push_back(std::move(done));
    if (waiters.size() > 1)
        return;
    // The journal may hold a newer generation than the item: never read one without the other.
    open([this, id](const Result<void>& opened) {
        const Credential* current = find(id);
        if (!opened || current == nullptr || current->loaded)
            return onLoaded(id, opened ? failure(ErrorCode::NotFound, "there is no such session")
                                       : Result<CredentialSecrets>(tl::unexpected(opened.error())));
        vault_.load(id, [this, id](Result<CredentialSecrets> secrets) { onLoaded(id, std::move(secrets)); });
    });
}

void AccountRegistry::onLoaded(const std::string& id, Result<CredentialSecrets> secrets) {
    std::vector<Completion<void>> waiters;
    waiters.swap(loading_[id]);
    loading_.erase(id);
    Credential* credential = writable(id);
    Result<void> outcome;
    if (credential == nullptr) {
        outcome = failure(ErrorCode::NotFound, "there is no such session");
    } else if (credential->loaded) {
        // The journal or a new sign-in brought them meanwhile, and theirs are newer.
    } else if (secrets) {
        place(*credential, *secrets);
        touch(id, Change::Updated);
    } else if (secrets.error().code == ErrorCode::NotFound || secrets.error().code == ErrorCode::ParseError) {
        // Kept, not deleted: a person may bring the keychain back (T7).
        credential->record.quarantined = true;
        credential->record.problem = secrets.error().code == ErrorCode::NotFound
                                         ? "its tokens are not in the store any more"
                                         : secrets.error().message;
        saveRecord(*credential);
        touch(id, Change::Updated);
        outcome = failure(Error(ErrorCode::SignInAgain, credential->record.problem).with("reason", "lost"));
    } else {
        credential->locked = secrets.error().code == ErrorCode::StoreLocked;
        touch(id, Change::Updated);
        outcome = tl::unexpected(secrets.error());
    }
    for (const Completion<void>& done : waiters)
        done(outcome);
}

CredentialSecrets AccountRegistry::secretsOf(const Credential& credential) const {
    CredentialSecrets secrets;
    secrets.generation = credential.record.generation;
    secrets.accessToken = AccessToken(credential.accessToken.open());
    secrets.tokenType = credential.tokenType;
    secrets.refreshToken = RefreshToken(credential.refreshToken.open());
    secrets.previousRefreshToken = RefreshToken(credential.previousRefreshToken.open());
    secrets.serviceKey = credential.serviceKey.open();
    secrets.idToken = credential.idToken.open();
    secrets.dpopKey = credential.dpopKey.open();
    secrets.refreshExpiresAt = credential.record.refreshExpiresAt;
    secrets.expiresAt = credential.record.accessExpiresAt;
    secrets.issuedAt = credential.record.accessIssuedAt;
    secrets.scopes = credential.record.scopes;
    return secrets;
}

} // namespace keybearer
