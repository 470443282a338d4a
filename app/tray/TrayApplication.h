#pragma once

#include "app/client/async/BrokerClient.h"
#include "app/tray/TrayMenu.h"
#include "app/tray/TrayNotices.h"
#include "app/tray/actions/EventNotices.h"
#include "app/tray/actions/KeyActions.h"
#include "app/tray/actions/QuitQuestion.h"
#include "app/tray/actions/SessionActions.h"
#include "app/tray/actions/SharingControl.h"
#include "app/tray/actions/StoreLock.h"
#include "app/tray/consent/ConsentQueue.h"
#include "app/tray/desktop/BrokerStarter.h"
#include "app/tray/desktop/CommandLineTool.h"
#include "app/tray/desktop/StatusIcon.h"
#include "app/tray/mirror/BrokerMirror.h"
#include "app/tray/setup/FirstStart.h"
#include "app/tray/signin/RequestedPages.h"
#include "app/tray/signin/SignIns.h"
#include "broker/protocol/Endpoint.h"

#include <QObject>
#include <QTimer>
#include <memory>
#include <vector>

namespace keybearer {

class MainWindow;
class SetupWizard;

// The one place of the tray that makes its parts and connects them. Owned by main(); GUI thread.
class TrayApplication final : public QObject {
    Q_OBJECT
public:
    TrayApplication(const Places& places, std::unique_ptr<StatusIcon> icon, QObject* parent = nullptr);
    ~TrayApplication() override;
    Q_DISABLE_COPY_MOVE(TrayApplication)

    void start();
    // The page of that name, and there what `what` names; empty: the page that was there last.
    void showWindow(const std::string& page = {}, const std::string& what = {});
    // The wizard that finds MCP clients and signs in.
    void showSetup();
    // Where to sign in: the person chooses.
    void chooseSignIn() { signIns_.choose(); }
    // Asks what becomes of the broker, unless that is settled.
    void quit();

    // Icons change with the palette.
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void connectParts();
    void connectMenu();
    [[nodiscard]] EventNotices::Ways noticeWays();
    void onTrayMissing();
    void quitNow(bool stopBroker);
    void onNoticeOpened(const Notice& notice);
    void makeWindow();
    void lookForTray();
    void presentState();
    void tell(const Notice& notice);
    void onStartFailed(const Error& why);

    Places places_;
    BrokerStarter starter_;
    BrokerClient client_;
    BrokerMirror mirror_;
    RequestedPages pages_;
    SessionActions actions_;
    KeyActions keys_;
    ConsentQueue consents_;
    SignIns signIns_;
    StoreLock storeLock_;
    TraySettings settings_;
    SharingControl sharing_;
    QuitQuestion quitQuestion_;
    TrayMenu menu_;
    CommandLineTool
        firstLook_; // of FirstStart; the wizard has one of its own, so that neither ends the other
    CommandLineTool setupTool_;
    FirstStart firstStart_;
    std::unique_ptr<StatusIcon> icon_;
    std::unique_ptr<MainWindow> window_;
    std::unique_ptr<SetupWizard> setup_;
    TrayNotices notices_; // of icon_
    EventNotices events_;
    Backoff trayBackoff_;
    QTimer traySearch_;
    bool installed_ = false;
    bool toldStartFailure_ = false;
};

} // namespace keybearer
