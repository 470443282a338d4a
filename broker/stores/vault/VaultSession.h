#pragma once

#include "broker/base/Clock.h"
#include "broker/config/ConfigStore.h"
#include "broker/stores/vault/VaultAnswer.h"

#include <QObject>
#include <QTimer>

#include <deque>
#include <list>
#include <memory>

namespace keybearer {

// The conversation with one Vault or OpenBao server: our token (signed in for, renewed, asked for anew when
// it was taken away), the headers, a few requests at a time, and another try where a failure passes by
// itself.
//
// A token lies sealed in memory and in no log, error or description. Owned by VaultRecords, must not outlive
// the transport; event loop thread; destruction cancels everything.
class VaultSession final : public QObject {
    Q_OBJECT
public:
    VaultSession(VaultConfig config, HttpTransport& http, const Clock& clock);
    ~VaultSession() override;
    Q_DISABLE_COPY_MOVE(VaultSession)

    // Completes later, exactly once, within a deadline that begins when its turn has come. The answer is of
    // status 200, 204, 400 or 404; everything else is a failure of VaultFault.h. Signs in first where that is
    // needed. A request that is refused is sent once more if the token turns out to be no good any more.
    void send(VaultCall call, Completion<VaultAnswer> done);

    [[nodiscard]] const VaultConfig& config() const { return config_; }
    // How many times we have signed in.
    [[nodiscard]] std::uint64_t signIns() const { return tokenNumber_; }

private:
    struct Running {
        VaultCall call;
        Completion<VaultAnswer> done;
        int tries = 0;
        bool asked = false;            // whether our token is still good
        std::uint64_t tokenNumber = 0; // with which it was sent
        BootTime deadline{0};          // zero: its turn has not come yet
        std::unique_ptr<HttpExchange> exchange;
    };
    using Place = std::list<std::unique_ptr<Running>>::iterator;

    void takeTurns();
    void transmit(Running& running);
    [[nodiscard]] HttpRequest requestFor(const VaultCall& call) const;
    void onAnswer(Running& running, Result<HttpResponse> response);
    void onNoAnswer(Running& running, const Error& error);
    void judge(Running& running, VaultAnswer answer);
    void repeatLater(Running& running, const VaultAnswer& answer);
    void askWhetherTokenIsGood(Running& running);
    void onTokenLookedAt(Running& running, const Result<HttpResponse>& response);
    void finishRefused(Running& running);
    void finish(Running& running, Result<VaultAnswer> answer);
    void failWaitingLater(const Error& error);
    void drop(std::unique_ptr<HttpExchange> exchange);

    // VaultSignIn.cpp
    void signIn();
    [[nodiscard]] Result<VaultCall> signInCall();
    void onSignedIn(const Result<HttpResponse>& response);
    void adopt(VaultToken token);
    void signInFailed(const Error& error);
    void planRenewal(std::chrono::seconds lease);
    void renew();
    void onRenewed(const Result<HttpResponse>& response);

    VaultConfig config_;
    HttpTransport& http_;
    const Clock& clock_;
    std::list<std::unique_ptr<Running>> running_; // each has its turn
    std::deque<std::unique_ptr<Running>> waiting_;

    std::unique_ptr<SealedSecret> token_;
    std::uint64_t tokenNumber_ = 0;
    bool renewable_ = false;
    std::chrono::seconds firstLease_{0};
    BootTime tokenEnds_{0}; // zero: never
    BootTime lastForcedSignIn_{0};
    int renewalFailures_ = 0;
    bool signingIn_ = false;
    Secret offered_; // the token that is being looked at, of the method `token`
    std::unique_ptr<HttpExchange> signInExchange_, renewalExchange_;
    QTimer renewal_;
};

} // namespace keybearer
