#pragma once

#include "broker/accounts/RefreshLease.h"
#include "broker/accounts/Renewal.h"

#include <QPointer>
#include <QTimer>

namespace keybearer {

// One refresh of one stored sign-in, by the rotation protocol: note the generation, write the intent, one
// POST, make the answer durable, then publish. Never two at once for a credential (its TokenRefresher sees to
// that), and where brokers share a store never in two of them. Event loop thread; owned by the
// TokenRefresher; `done` is its last act.
class RefreshRun : public QObject {
    Q_OBJECT
public:
    // `ambiguous`: an earlier attempt of this generation may have reached the provider without our knowing.
    RefreshRun(RefreshRooms rooms, std::string id, bool ambiguous, Completion<void> done);
    ~RefreshRun() override;

    void start();
    // New tokens are here and could not be made durable yet; nobody has seen them.
    [[nodiscard]] bool unsaved() const { return unsaved_.has_value(); }
    // An earlier attempt of this rotation may have been carried out: a refusal then means that its answer was
    // lost.
    void markAmbiguous() { ambiguous_ = true; }
    [[nodiscard]] bool ambiguous() const { return ambiguous_; }
    // A last try to make them durable, at exit.
    void saveNow() { onSaveRetry(); }

Q_SIGNALS:
    // The tokens came and could not be saved: askers are told, the run goes on until it could.
    void saveFailed(const keybearer::Error& error);

private:
    void onLoaded(const Result<void>& loaded);
    void onServer(Result<ServerAccess> access);
    void onLease(const Result<RefreshLease::Outcome>& lease);
    void send();
    [[nodiscard]] Result<void> writeIntent(CredentialKind kind);
    void onTokens(Result<TokenSet> tokens);
    void noteForgottenClient();
    void onTransient(const Error& error);
    void onInvalidGrant(const Error& error);
    void onSaveRetry();
    void finish(Result<void> outcome);

    RefreshRooms rooms_;
    std::string id_;
    bool ambiguous_;
    Completion<void> done_;
    std::optional<ServerAccess> access_;
    std::optional<CredentialSecrets> before_;
    std::optional<CredentialSecrets> unsaved_;
    std::unique_ptr<RefreshLease> lease_; // of a shared store
    std::unique_ptr<AsyncFlow> flow_;
    QTimer timer_;
    int inDoubtRetries_ = 0;
    int refusals_ = 0;
    int saveFailures_ = 0;
};

} // namespace keybearer
