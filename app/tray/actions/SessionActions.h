#pragma once

#include "app/tray/actions/DelayedActs.h"
#include "app/tray/desktop/StatusIcon.h"
#include "app/tray/mirror/BrokerMirror.h"

class QMessageBox;
class QWidget;

namespace keybearer {

// What a person can do to a session, an API key, a permission or an open request, from the menu and from the
// window alike. What takes something away asks first, and then waits a few seconds in which it can be undone;
// what still waits when the tray is quit is done then. Owned by the tray application; GUI thread.
class SessionActions final : public QObject {
    Q_OBJECT
public:
    SessionActions(BrokerClient& client, BrokerMirror& mirror,
                   DelayedActs::MakeCountdown makeCountdown = timerCountdown, QObject* parent = nullptr);
    ~SessionActions() override;
    Q_DISABLE_COPY_MOVE(SessionActions)

    void refresh(const std::string& sessionId);
    // Gives the account another label; the answer is told to `then`, which may be empty.
    void rename(const std::string& sessionId, const QString& label,
                const std::function<void(const Result<Json>&)>& then);
    // Ask first. Revoke says afterwards whether the provider confirmed; of an API key and a service account
    // it erases what is here.
    void revoke(const std::string& sessionId, QWidget* over);
    void revokeConsent(const std::string& consentId, QWidget* over);
    // All of them with one question.
    void revokeConsents(const std::vector<std::string>& consentIds, const QString& program, QWidget* over);
    // Says no to an open request.
    void deny(const std::string& consentId);

    // Of sessions and permissions that are about to go.
    [[nodiscard]] bool isLeaving(const std::string& id) const { return acts_.isWaiting(id); }
    [[nodiscard]] DelayedActs& acts() { return acts_; }
    // Does what still waits, and stays until the broker has answered, a few seconds at most.
    void finishAll();

    static std::unique_ptr<Countdown> timerCountdown();

Q_SIGNALS:
    void noticed(const keybearer::Notice& notice);
    void leavingChanged();

private:
    void revokeSession(const SessionRecord& session, QWidget* over);
    void removeKept(const SessionRecord& session, QWidget* over);
    void revokeNow(const std::string& sessionId, const QString& provider, const QString& account);
    void removeNow(const SessionRecord& session);
    void revokeConsentNow(const std::string& consentId);
    void delayConsent(const ConsentRecord& consent);
    void send(const char* method, const Json& params, const QString& whatFailed,
              const std::function<void(const Json&)>& then, std::chrono::milliseconds deadline);
    QMessageBox* question(const QString& title, const QString& text, const QString& detail,
                          const QString& yes, QWidget* over);
    void tellFailure(const QString& title, const Error& error);

    BrokerClient& client_;
    BrokerMirror& mirror_;
    DelayedActs acts_;
    int unanswered_ = 0; // of what takes something away
};

} // namespace keybearer
