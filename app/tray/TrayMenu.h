#pragma once

#include "app/tray/mirror/BrokerMirror.h"

#include <QMenu>
#include <memory>
#include <string>

namespace keybearer {

// The menu of the status icon, made anew from the mirror whenever that changes, but never under the person's
// pointer. Owned by the tray application; GUI thread.
class TrayMenu final : public QObject {
    Q_OBJECT
public:
    explicit TrayMenu(const BrokerMirror& mirror, QObject* parent = nullptr);
    ~TrayMenu() override;
    Q_DISABLE_COPY_MOVE(TrayMenu)

    [[nodiscard]] QMenu* menu() { return &menu_; }
    void rebuild();

Q_SIGNALS:
    void signInWanted(const std::string& provider);
    void chooserWanted(); // to be asked where
    void refreshWanted(const std::string& sessionId);
    void revokeWanted(const std::string& sessionId);
    void detailsWanted(const std::string& sessionId);
    void pendingWanted();
    void toolsWanted();
    void unlockWanted();
    void lockWanted();
    void sessionsWanted();
    void windowWanted();
    void pauseWanted(qint64 seconds); // 0: until it is resumed
    void resumeWanted();
    void setupWanted();
    void settingsWanted();
    void quitWanted();

private:
    void addRequests();
    void addAccounts();
    void addAccount(const SessionRecord& session);
    void addSignIn();
    void addSharing();
    void addLock();
    QMenu* addSubmenu(const QString& title);

    const BrokerMirror& mirror_;
    QMenu menu_;
    std::vector<std::unique_ptr<QMenu>> submenus_;
    bool stale_ = false;
};

} // namespace keybearer
