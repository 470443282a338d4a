#include "broker/accounts/RefreshRun.h"

#include "broker/accounts/RefreshSchedule.h"
#include "broker/base/FaultPoint.h"
#include "broker/base/Random.h"
#include "broker/base/Time.h"
#include "broker/log/Log.h"
#include "broker/oauth/TokenResponse.h"

#include <algorithm>
#include <cmath>

namespace keybearer {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds leastDoubt{1000}; // before the one retry after an answer that never came: 1 to 3 s
constexpr milliseconds moreDoubt{2000};
constexpr milliseconds secondOpinion{2000}; // invalid_grant is believed when it is said twice
constexpr milliseconds longestSavePause{60'000};
constexpr milliseconds aboutToEnd{5'000}; // an access token with less left than this carries nobody further

// Whether a provider that gave no proper answer may have carried out the request all the same.
bool mayHaveBeenSent(const Error& error) {
    const ErrorDetail* sent = error.detail("sent");
    return sent == nullptr || !std::holds_alternative<bool>(*sent) || std::get<bool>(*sent);
}

// Found out here, before anything left.
bool saysNothingWasSent(const Error& error) {
    return error.code == ErrorCode::NotConfigured || error.code == ErrorCode::InvalidParams ||
           error.code == ErrorCode::AuthorizationRequired || error.code == ErrorCode::SignInAgain;
}

tl::unexpected<Error> cannotRenew(const CredentialRecord& record) {
    const bool key = record.kind == CredentialKind::ApiKey;
    return failure(Error(ErrorCode::SignInAgain,
                         key ? "the API key has expired" : "the provider gave no refresh token",
                         key ? "Replace it with: keybearer apikey rotate " + record.account.label
                             : "Sign in again with: keybearer login " + record.provider)
                       .with("reason", "expired"));
}

} // namespace

RefreshRun::RefreshRun(RefreshRooms rooms, std::string id, bool ambiguous, Completion<void> done)
    : rooms_(std::move(rooms)), id_(std::move(id)), ambiguous_(ambiguous), done_(std::move(done)) {
    timer_.setSingleShot(true);
}

RefreshRun::~RefreshRun() = default;

void RefreshRun::start() {
    rooms_.registry.ensureLoaded(id_, [this, alive = QPointer<RefreshRun>(this)](const Result<void>& loaded) {
        if (alive)
            onLoaded(loaded);
    });
}

void RefreshRun::onLoaded(const Result<void>& loaded) {
    const Credential* credential = rooms_.registry.find(id_);
    if (!loaded || credential == nullptr)
        return finish(loaded ? failure(ErrorCode::NotFound, "the session was removed meanwhile") : loaded);
    if (credential->record.needsSignIn)
        return finish(
            failure(Error(ErrorCode::SignInAgain, "the sign-in has ended: " + credential->record.problem)
                        .with("reason", credential->record.reason)));
    if (!credential->record.refreshable)
        return finish(cannotRenew(credential->record));
    rooms_.registry.setRefreshing(id_, true);
    before_ = rooms_.registry.secretsOf(*credential);
    rooms_.directory.resolve(
        credential->record.provider,
        [this, alive = QPointer<RefreshRun>(this)](Result<ServerAccess> access) {
            if (alive)
                onServer(std::move(access));
        },
        clientNeeded(credential->record.kind));
}

void RefreshRun::onServer(Result<ServerAccess> access) {
    if (!access)
        return finish(tl::unexpected(access.error()));
    const Credential* credential = rooms_.registry.find(id_);
    if (credential == nullptr)
        return finish(failure(ErrorCode::NotFound, "the session was removed meanwhile"));
    // SEC-C-23, SEC-C-29: a refresh token goes to the server that gave it, whatever the configuration says
    // now.
    if (access->issuerKey() != credential->record.issuer)
        return finish(failure(ErrorCode::NotConfigured,
                              "the provider's issuer has changed since the sign-in; the token was not sent",
                              "Sign in again, or put the old issuer back into config.yaml."));
    access_ = std::move(*access);
    if (rooms_.shared == nullptr)
        return send();
    lease_ = std::make_unique<RefreshLease>(
        *rooms_.shared, rooms_.registry, id_, before_->generation,
        [this](const Result<RefreshLease::Outcome>& lease) { onLease(lease); });
    lease_->start();
}

void RefreshRun::onLease(const Result<RefreshLease::Outcome>& lease) {
    if (!lease || *lease == RefreshLease::Outcome::DoneElsewhere)
        return finish(lease ? Result<void>() : failure(lease.error()));
    if (*lease == RefreshLease::Outcome::GrantedInDoubt)
        markAmbiguous();
    send();
}

void RefreshRun::send() {
    const Credential* credential = rooms_.registry.find(id_);
    if (credential == nullptr)
        return finish(failure(ErrorCode::NotFound, "the session was removed meanwhile"));
    if (auto written = writeIntent(credential->record.kind); !written)
        return finish(written); // no durable intent, no refresh: a rotation might be lost
    Result<std::unique_ptr<AsyncFlow>> flow =
        startRenewal(rooms_, *access_, credential->record, *before_,
                     [this](Result<TokenSet> tokens) { onTokens(std::move(tokens)); });
    if (!flow)
        return finish(tl::unexpected(flow.error()));
    flow_ = std::move(*flow);
}

Result<void> RefreshRun::writeIntent(CredentialKind kind) {
    if (!rotates(kind))
        return {};
    const RotationJournal::Intent intent{before_->generation, randomToken(9), rooms_.clock.wall(),
                                         ambiguous_};
    if (auto written = rooms_.registry.vault().journal().intend(id_, intent, before_->refreshToken); !written)
        return written;
    faultPoint("intent_written");
    return {};
}

void RefreshRun::onTokens(Result<TokenSet> tokens) {
    // We are inside the flow's last act: it goes when the event loop is back.
    QTimer::singleShot(0, this, [ended = std::shared_ptr<AsyncFlow>(std::move(flow_))] {});
    if (!tokens) {
        const Error error = tokens.error();
        const Credential* credential = rooms_.registry.find(id_);
        if (isInvalidGrant(error) && (credential == nullptr || !isVouchedFor(credential->record.kind)))
            return onInvalidGrant(error);
        if (isInvalidClient(error))
            noteForgottenClient();
        // An OAuth error is a clear "no": nothing was rotated, nothing is lost. Anything else may have been a
        // "yes".
        if (!saysNothingWasSent(error) && (isTransient(error.code) || error.detail("error") == nullptr))
            return onTransient(error);
        static_cast<void>(rooms_.registry.vault().journal().withdrawIntent(id_).has_value());
        return finish(failure(error));
    }
    faultPoint("token_response_received");
    CredentialSecrets next = succeed(*before_, std::move(*tokens));
    if (auto published = rooms_.registry.publish(id_, next); !published) {
        if (published.error().code == ErrorCode::NotFound)
            return finish(published);
        unsaved_ = std::move(next);
        Q_EMIT saveFailed(published.error());
        return onSaveRetry();
    }
    faultPoint("after_publish");
    finish({});
}

// A server that lost the client that we registered there (it may have kept it in memory alone) takes no
// refresh token of it again: the person signs in, with a new client. What somebody configured is theirs to
// mend.
void RefreshRun::noteForgottenClient() {
    const Credential* credential = rooms_.registry.find(id_);
    if (credential == nullptr || !rooms_.directory.isRegisteredByUs(credential->record.provider))
        return;
    const std::string provider = credential->record.provider;
    rooms_.registry.markNeedsSignIn(id_, "revoked", "the server does not know our client any more");
    rooms_.directory.refuseClient(provider);
}

void RefreshRun::onTransient(const Error& error) {
    const bool doubt = mayHaveBeenSent(error);
    const Credential* credential = rooms_.registry.find(id_);
    ambiguous_ = ambiguous_ || (doubt && credential != nullptr && rotates(credential->record.kind));
    if (!doubt)
        static_cast<void>(rooms_.registry.vault().journal().withdrawIntent(id_).has_value());
    // One retry at once, aimed inside a provider's grace window; a provider that says when to come back is
    // obeyed.
    if (doubt && inDoubtRetries_++ == 0 && !error.retryAfter) {
        const auto more = static_cast<double>(moreDoubt.count()) * rooms_.random();
        timer_.disconnect();
        connect(&timer_, &QTimer::timeout, this, &RefreshRun::send);
        return timer_.start(leastDoubt + milliseconds(std::llround(more)));
    }
    finish(failure(error));
}

void RefreshRun::onInvalidGrant(const Error& error) {
    if (refusals_++ == 0) {
        timer_.disconnect();
        connect(&timer_, &QTimer::timeout, this, &RefreshRun::send);
        return timer_.start(secondOpinion);
    }
    static_cast<void>(rooms_.registry.vault().journal().withdrawIntent(id_).has_value());
    const Credential* credential = rooms_.registry.find(id_);
    // Some servers refuse a refresh that comes early. While the access token works nobody is bothered; the
    // refusal is believed when it is repeated after that.
    if (!ambiguous_ && credential != nullptr && credential->record.accessExpiresAt &&
        isUsable(rooms_.clock.wall() + aboutToEnd, credential->record.accessExpiresAt))
        return finish(failure(
            Error(ErrorCode::SignInAgain, "the provider refuses to renew the sign-in; the access token works "
                                          "until " +
                                              toRfc3339(*credential->record.accessExpiresAt))
                .with("reason", "revoked")));
    const std::string reason = ambiguous_ ? "lost_in_rotation" : "revoked";
    const std::string problem = ambiguous_ ? "a new refresh token was lost on its way here"
                                           : "the provider does not accept the sign-in any more";
    rooms_.registry.markNeedsSignIn(id_, reason, problem);
    qCInfo(logAccounts).noquote() << "a session needs a new sign-in:" << QString::fromStdString(reason);
    Error again(ErrorCode::SignInAgain, problem);
    again.details = error.details;
    finish(failure(std::move(again).with("reason", reason)));
}

void RefreshRun::onSaveRetry() {
    if (!unsaved_)
        return;
    if (saveFailures_++ > 0) {
        const Result<void> published = rooms_.registry.publish(id_, *unsaved_);
        if (published || published.error().code == ErrorCode::NotFound) {
            unsaved_.reset();
            return finish(published);
        }
    }
    timer_.disconnect();
    connect(&timer_, &QTimer::timeout, this, &RefreshRun::onSaveRetry);
    timer_.start(std::min(longestSavePause, milliseconds(500) * (1 << std::min(saveFailures_, 8))));
}

void RefreshRun::finish(Result<void> outcome) {
    rooms_.registry.setRefreshing(id_, false);
    if (lease_)
        lease_->finish();
    const Completion<void> done = std::move(done_);
    done(std::move(outcome));
}

} // namespace keybearer
