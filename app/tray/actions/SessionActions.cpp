#include "app/tray/actions/SessionActions.h"

#include "app/tray/look/Icons.h"
#include "app/tray/look/Wording.h"
#include "broker/protocol/Methods.h"

#include <QMessageBox>
#include <QPushButton>
#include <algorithm>

namespace keybearer {

namespace {
// Both wait for the provider, whose own deadline the broker keeps.
constexpr std::chrono::seconds providerDeadline{90};
} // namespace

SessionActions::SessionActions(BrokerClient& client, BrokerMirror& mirror, QObject* parent)
    : QObject(parent), client_(client), mirror_(mirror) {}

void SessionActions::tellFailure(const QString& title, const Error& error) {
    Q_EMIT noticed({Notice::Kind::Problem, title, (whatHappened(error) + u' ' + whatToDo(error)).trimmed()});
}

QMessageBox* SessionActions::question(const QString& title, const QString& text, const QString& detail,
                                      const QString& yes, QWidget* over) {
    auto* box = new QMessageBox(QMessageBox::Question, title, text, QMessageBox::NoButton, over);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(
        plainToolTip(detail)); // unlike the text above, this one is always looked at for HTML
    box->setWindowIcon(applicationIcon());
    box->addButton(yes, QMessageBox::AcceptRole);
    box->setDefaultButton(box->addButton(QMessageBox::Cancel));
    return box;
}

void SessionActions::refresh(const std::string& sessionId) {
    SessionParams params;
    params.sessionId = sessionId;
    client_.call(
        "session.refresh", params.toJson(), this,
        [this](const Result<Json>& result) {
            if (!result)
                return tellFailure(tr("The session could not be refreshed"), result.error());
            const auto session = readSession(*result);
            const QString provider = session ? mirror_.providerTitle(session->provider) : QString();
            Q_EMIT noticed(
                {Notice::Kind::News, tr("Refreshed"), tr("The %1 session is fresh again.").arg(provider)});
        },
        providerDeadline);
}

void SessionActions::revoke(const std::string& sessionId, QWidget* over) {
    const SessionRecord* session = mirror_.session(sessionId);
    if (session == nullptr)
        return;
    const QString provider = mirror_.providerTitle(session->provider);
    const QString account = session->account.isEmpty() ? provider : session->account;
    QMessageBox* box =
        question(tr("Revoke session"), tr("Revoke the %1 session of %2?").arg(provider, account),
                 tr("Keybearer asks %1 to end it, and erases it from this computer. Programs that use it "
                    "lose their access at once.")
                     .arg(provider),
                 tr("Revoke"), over);
    connect(box, &QMessageBox::accepted, this,
            [this, sessionId, provider, account] { revokeNow(sessionId, provider, account); });
    box->open();
}

void SessionActions::revokeNow(const std::string& sessionId, const QString& provider,
                               const QString& account) {
    SessionParams params;
    params.sessionId = sessionId;
    client_.call(
        "session.revoke", params.toJson(), this,
        [this, provider, account](const Result<Json>& result) {
            if (!result)
                return tellFailure(tr("The session could not be revoked"), result.error());
            if (booleanAt(*result, "revoked_at_provider").value_or(false)) {
                Q_EMIT noticed(
                    {Notice::Kind::News, tr("Revoked"),
                     tr("%1 has confirmed that the session of %2 has ended.").arg(provider, account)});
                return;
            }
            const QString problem = shown(stringAt(*result, "problem").value_or(""));
            Q_EMIT noticed(
                {Notice::Kind::Problem, tr("Erased here, not confirmed by %1").arg(provider),
                 (problem + u' ' +
                  tr("End the session in the account settings of %1 as well, to be sure.").arg(provider))
                     .trimmed()});
        },
        providerDeadline);
}

void SessionActions::revokeConsent(const std::string& consentId, QWidget* over) {
    const auto& consents = mirror_.consents();
    const auto consent = std::find_if(consents.begin(), consents.end(),
                                      [&](const ConsentRecord& c) { return c.id == consentId; });
    if (consent == consents.end())
        return;
    QMessageBox* box = question(
        tr("Take back permission"),
        tr("Take back the permission to use %1?").arg(mirror_.providerTitle(consent->provider)),
        tr("%1 has to ask you again the next time.").arg(consent->executable), tr("Take back"), over);
    connect(box, &QMessageBox::accepted, this, [this, consentId] { revokeConsentNow(consentId); });
    box->open();
}

void SessionActions::revokeConsentNow(const std::string& consentId) {
    ConsentRevokeParams params;
    params.consentId = consentId;
    client_.call("consent.revoke", params.toJson(), this, [this](const Result<Json>& result) {
        mirror_.loadConsents();
        if (!result)
            tellFailure(tr("The permission could not be taken back"), result.error());
    });
}

} // namespace keybearer
