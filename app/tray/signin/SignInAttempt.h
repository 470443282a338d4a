#pragma once

#include "app/tray/desktop/StatusIcon.h"
#include "app/tray/mirror/BrokerMirror.h"
#include "app/tray/signin/SignInDialog.h"
#include "app/tray/signin/SignInWish.h"

#include <functional>

namespace keybearer {

// One interactive attempt to sign in: starts it at the broker, opens the browser, follows its progress.
// Destroying it cancels, whatever the state; a start that the broker answers only later is cancelled then.
// Owned by SignIns; GUI thread.
class SignInAttempt final : public QObject {
    Q_OBJECT
public:
    using OpenBrowser = std::function<bool(const QUrl&)>;

    SignInAttempt(BrokerClient& client, BrokerMirror& mirror, SignInWish wish, OpenBrowser openBrowser,
                  QObject* parent = nullptr);
    ~SignInAttempt() override;
    Q_DISABLE_COPY_MOVE(SignInAttempt)

    void start();
    void raise();
    [[nodiscard]] const SignInWish& wish() const { return wish_; }
    [[nodiscard]] SignInDialog& dialog() { return dialog_; }

Q_SIGNALS:
    // It is done: the broker's session object; may be null.
    void signedIn(const keybearer::Json& session);
    // The provider has no client id; the person wants to give it one.
    void setupWanted(const std::string& provider);
    // Over, for good or ill; the owner lets go of it.
    void finished();

private:
    void onStarted(const Result<Json>& started);
    void onProgress(const Json& progress);
    void onStep(const Json& progress);
    void onOpenWanted();
    void onPasted(const std::string& redirectUrl);
    void onConnectionChanged();
    void onDismissed();
    void onSetupWanted();
    void fail(const Error& error);
    void succeed(const Json& progress);
    void cancelAtBroker();
    [[nodiscard]] bool isMine(const Json& progress) const;

    BrokerClient& client_;
    BrokerMirror& mirror_;
    SignInWish wish_;
    OpenBrowser openBrowser_;
    SignInDialog dialog_;
    std::string id_; // of the attempt at the broker; empty: none is running
    QUrl url_;
    std::optional<DeviceSignIn> device_; // of a sign-in on another device
    int round_ = 0;                      // answers to an earlier start are not this one's
    bool starting_ = false;
    bool over_ = false;
};

} // namespace keybearer
