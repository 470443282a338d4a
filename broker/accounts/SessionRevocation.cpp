#include "broker/accounts/SessionRevocation.h"

#include "broker/oauth/RevocationRequest.h"

#include <QPointer>
#include <QTimer>

namespace keybearer {

SessionRevocation::SessionRevocation(AccountRegistry& registry, ServerDirectory& directory,
                                     HttpTransport& http, std::string id, bool localOnly,
                                     Completion<Outcome> done)
    : registry_(registry), directory_(directory), http_(http), id_(std::move(id)), localOnly_(localOnly),
      done_(std::move(done)) {}

SessionRevocation::~SessionRevocation() = default;

void SessionRevocation::start() {
    if (localOnly_) {
        outcome_.problem = "the provider was not told, as you asked";
        return erase();
    }
    registry_.ensureLoaded(id_,
                           [this, alive = QPointer<SessionRevocation>(this)](const Result<void>& loaded) {
                               if (alive)
                                   onLoaded(loaded);
                           });
}

void SessionRevocation::onLoaded(const Result<void>& loaded) {
    const Credential* credential = registry_.find(id_);
    if (!loaded || credential == nullptr) {
        outcome_.problem = loaded ? "the session was removed meanwhile" : loaded.error().message;
        return erase();
    }
    if (credential->record.kind == CredentialKind::ApiKey) {
        outcome_.problem = "only the service that gave the key can make it invalid";
        return erase();
    }
    secrets_ = registry_.secretsOf(*credential);
    directory_.resolve(credential->record.provider,
                       [this, alive = QPointer<SessionRevocation>(this)](Result<ServerAccess> access) {
                           if (alive)
                               onServer(std::move(access));
                       });
}

void SessionRevocation::onServer(Result<ServerAccess> access) {
    const Credential* credential = registry_.find(id_);
    if (!access || credential == nullptr) {
        outcome_.problem = access ? "the session was removed meanwhile" : access.error().message;
        return erase();
    }
    if (access->issuerKey() != credential->record.issuer || !canRevoke(access->server, access->client)) {
        outcome_.problem =
            "the provider has no way to revoke a token; remove the application in its settings";
        return erase();
    }
    access_ = std::move(*access);
    // GitHub's call ends everything with the access token alone.
    if (secrets_->refreshToken.empty() || access_->server.dialect.githubRevocation)
        return onRefreshTokenRevoked({});
    revoke(secrets_->refreshToken.Secret::clone(), "refresh_token",
           &SessionRevocation::onRefreshTokenRevoked);
}

void SessionRevocation::onRefreshTokenRevoked(const Result<void>& revoked) {
    if (!revoked) {
        outcome_.problem = "the provider did not confirm: " + revoked.error().message;
        return erase();
    }
    revoke(secrets_->accessToken.Secret::clone(), "access_token", &SessionRevocation::onAccessTokenRevoked);
}

void SessionRevocation::onAccessTokenRevoked(const Result<void>& revoked) {
    outcome_.revokedAtProvider = revoked.has_value();
    if (!revoked)
        outcome_.problem = "the provider did not confirm: " + revoked.error().message;
    erase();
}

void SessionRevocation::revoke(Secret token, const char* hint,
                               void (SessionRevocation::*next)(const Result<void>&)) {
    // The request before this one may be the caller of this function: it goes when the event loop is back.
    QTimer::singleShot(0, this, [ended = std::shared_ptr<AsyncFlow>(std::move(request_))] {});
    auto request = std::make_unique<RevocationRequest>(
        http_, access_->server, access_->client, std::move(token), hint,
        [this, next](const Result<void>& revoked) { (this->*next)(revoked); });
    RevocationRequest& started = *request;
    request_ = std::move(request);
    started.start();
}

void SessionRevocation::erase() {
    registry_.erase(id_, [this, alive = QPointer<SessionRevocation>(this)](const Result<void>& erased) {
        if (!alive)
            return;
        const Completion<Outcome> done = std::move(done_);
        // An item that the store would not erase is worth a word; a record that could not be removed would
        // bring the session back with the next start, so nobody is told that it has gone.
        if (!erased && registry_.find(id_) != nullptr)
            stay(erased.error());
        else if (!erased && outcome_.problem.empty())
            outcome_.problem = "its item in the store could not be erased: " + erased.error().message;
        done(outcome_);
    });
}

void SessionRevocation::stay(const Error& why) {
    if (outcome_.revokedAtProvider) // what is here is worth nothing any more
        registry_.markNeedsSignIn(id_, "revoked", "it was revoked");
    outcome_.stays = why;
    outcome_.stays->message =
        std::string(outcome_.revokedAtProvider ? "the provider has ended the session, but it" : "the session")
            .append(" could not be removed from this machine: ")
            .append(why.message);
    outcome_.stays->action = "Make room on the disk, then revoke it again.";
}

} // namespace keybearer
