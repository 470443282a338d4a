#pragma once

#include "app/tray/desktop/StatusIcon.h"
#include "app/tray/mirror/BrokerMirror.h"

class QMessageBox;
class QWidget;

namespace keybearer {

// What a person can do to a session or a consent, from the menu and from the window alike.
// Owned by the tray application; GUI thread.
class SessionActions final : public QObject {
    Q_OBJECT
public:
    SessionActions(BrokerClient& client, BrokerMirror& mirror, QObject* parent = nullptr);
    Q_DISABLE_COPY_MOVE(SessionActions)

    void refresh(const std::string& sessionId);
    // Asks first; says afterwards whether the provider confirmed.
    void revoke(const std::string& sessionId, QWidget* over);
    void revokeConsent(const std::string& consentId, QWidget* over);

Q_SIGNALS:
    void noticed(const keybearer::Notice& notice);

private:
    void revokeNow(const std::string& sessionId, const QString& provider, const QString& account);
    void revokeConsentNow(const std::string& consentId);
    QMessageBox* question(const QString& title, const QString& text, const QString& detail,
                          const QString& yes, QWidget* over);
    void tellFailure(const QString& title, const Error& error);

    BrokerClient& client_;
    BrokerMirror& mirror_;
};

} // namespace keybearer
