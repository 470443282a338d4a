#pragma once

#include "app/tray/desktop/StatusIcon.h"
#include "app/tray/mirror/BrokerMirror.h"
#include "app/tray/signin/SignInDialog.h"

#include <functional>

namespace keybearer {

// One interactive attempt to sign in: starts it at the broker, opens the browser, follows its progress.
// Destroying it cancels. Owned by the tray application; GUI thread.
class SignInAttempt final : public QObject {
    Q_OBJECT
public:
    using OpenBrowser = std::function<bool(const QUrl&)>;

    SignInAttempt(BrokerClient& client, BrokerMirror& mirror, std::string provider, OpenBrowser openBrowser,
                  QObject* parent = nullptr);
    ~SignInAttempt() override;
    Q_DISABLE_COPY_MOVE(SignInAttempt)

    void start();
    void raise();
    [[nodiscard]] const std::string& provider() const { return provider_; }
    [[nodiscard]] SignInDialog& dialog() { return dialog_; }

Q_SIGNALS:
    void noticed(const keybearer::Notice& notice);
    // Over, for good or ill; the owner lets go of it.
    void finished();

private:
    void onStarted(const Result<Json>& started);
    void onProgress(const Json& progress);
    void onOpenWanted();
    void onConnectionChanged();
    void onDismissed();
    void fail(const Error& error);
    void succeed(const Json& progress);
    void cancelAtBroker();

    BrokerClient& client_;
    BrokerMirror& mirror_;
    std::string provider_;
    OpenBrowser openBrowser_;
    SignInDialog dialog_;
    std::string id_; // of the attempt at the broker; empty: none is running
    QUrl url_;
    std::optional<DeviceSignIn> device_; // of a sign-in on another device
    bool over_ = false;
};

} // namespace keybearer
