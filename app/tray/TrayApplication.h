#pragma once

#include "app/client/async/BrokerClient.h"
#include "app/tray/BrokerMirror.h"
#include "app/tray/BrokerStarter.h"
#include "app/tray/ConsentQueue.h"
#include "app/tray/RequestedPages.h"
#include "app/tray/SessionActions.h"
#include "app/tray/SignInAttempt.h"
#include "app/tray/StatusIcon.h"
#include "app/tray/StoreLock.h"
#include "app/tray/TrayMenu.h"
#include "broker/protocol/Endpoint.h"

#include <QObject>
#include <QTimer>
#include <memory>
#include <vector>

namespace keybearer {

class SessionsWindow;
class ToolsWindow;

// The one place of the tray that makes its parts and connects them. Owned by main(); GUI thread.
class TrayApplication final : public QObject {
    Q_OBJECT
public:
    TrayApplication(const Places& places, std::unique_ptr<StatusIcon> icon, QObject* parent = nullptr);
    ~TrayApplication() override;
    Q_DISABLE_COPY_MOVE(TrayApplication)

    void start();
    void showSessions(const std::string& sessionId = {});
    void showTools();

    // Icons change with the palette.
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void connectParts();
    void lookForTray();
    void presentState();
    void signIn(const std::string& provider);
    void letGo(SignInAttempt* attempt);
    void tell(const Notice& notice);
    void onStartFailed(const Error& why);

    BrokerStarter starter_;
    BrokerClient client_;
    BrokerMirror mirror_;
    RequestedPages pages_;
    SessionActions actions_;
    ConsentQueue consents_;
    StoreLock storeLock_;
    TrayMenu menu_;
    std::unique_ptr<StatusIcon> icon_;
    std::unique_ptr<SessionsWindow> window_;
    std::unique_ptr<ToolsWindow> tools_;
    bool lastNoticeIsOfTools_ = false;
    std::vector<std::unique_ptr<SignInAttempt>> signIns_;
    Backoff trayBackoff_;
    QTimer traySearch_;
    bool installed_ = false;
    bool toldStartFailure_ = false;
};

} // namespace keybearer
