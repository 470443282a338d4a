#include "app/tray/actions/SessionActions.h"

#include "app/tray/look/Icons.h"
#include "app/tray/look/Wording.h"
#include "broker/protocol/Methods.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QMessageBox>
#include <QPushButton>
#include <algorithm>

namespace keybearer {

namespace {
// Both wait for the provider, whose own deadline the broker keeps.
constexpr std::chrono::seconds providerDeadline{90};
constexpr std::chrono::seconds brokerDeadline{30};
constexpr std::chrono::seconds quitDeadline{3}; // the broker has it by then, and goes on without us
} // namespace

SessionActions::SessionActions(BrokerClient& client, BrokerMirror& mirror,
                               DelayedActs::MakeCountdown makeCountdown, QObject* parent)
    : QObject(parent), client_(client), mirror_(mirror), acts_(std::move(makeCountdown)) {
    connect(&acts_, &DelayedActs::noticed, this, &SessionActions::noticed);
    connect(&acts_, &DelayedActs::changed, this, &SessionActions::leavingChanged);
    connect(qApp, &QCoreApplication::aboutToQuit, this, &SessionActions::finishAll);
}

SessionActions::~SessionActions() {
    acts_.disconnect(this);
}

std::unique_ptr<Countdown> SessionActions::timerCountdown() {
    return std::make_unique<TimerCountdown>();
}

void SessionActions::tellFailure(const QString& title, const Error& error) {
    Q_EMIT noticed({Notice::Kind::Problem, title, failureWords(error), {}, {}});
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

void SessionActions::send(const char* method, const Json& params, const QString& whatFailed,
                          const std::function<void(const Json&)>& then, std::chrono::milliseconds deadline) {
    ++unanswered_;
    client_.call(
        method, params, this,
        [this, whatFailed, then](const Result<Json>& result) {
            --unanswered_;
            if (!result)
                tellFailure(whatFailed, result.error());
            else if (then)
                then(*result);
        },
        deadline);
}

void SessionActions::finishAll() {
    acts_.finishNow();
    QEventLoop loop;
    QTimer late;
    late.setSingleShot(true);
    late.start(quitDeadline);
    while (unanswered_ > 0 && late.isActive())
        loop.processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::ExcludeUserInputEvents);
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
            Q_EMIT noticed({Notice::Kind::News,
                            tr("Refreshed"),
                            tr("The %1 session is fresh again.").arg(provider),
                            {},
                            {}});
        },
        providerDeadline);
}

void SessionActions::rename(const std::string& sessionId, const QString& label,
                            const std::function<void(const Result<Json>&)>& then) {
    SessionParams params;
    params.sessionId = sessionId;
    params.label = label.toStdString();
    client_.call("session.rename", params.toJson(), this, [then](const Result<Json>& result) {
        if (then)
            then(result);
    });
}

void SessionActions::revoke(const std::string& sessionId, QWidget* over) {
    if (isLeaving(sessionId))
        return;
    if (const SessionRecord* session = mirror_.session(sessionId)) {
        if (session->kind == SessionKind::ServiceAccount)
            return removeKept(*session, over);
        return revokeSession(*session, over);
    }
    const auto& keys = mirror_.apiKeys();
    const auto key =
        std::find_if(keys.begin(), keys.end(), [&](const ApiKeyRecord& k) { return k.row.id == sessionId; });
    if (key != keys.end())
        removeKept(key->row, over);
}

void SessionActions::revokeSession(const SessionRecord& session, QWidget* over) {
    const QString provider = mirror_.providerTitle(session.provider);
    const QString account = session.account.isEmpty() ? provider : session.account;
    QMessageBox* box =
        question(tr("Revoke session"), tr("Revoke the %1 session of %2?").arg(provider, account),
                 tr("Keybearer asks %1 to end it, and erases it from this computer. Programs that use it "
                    "lose their access at once.")
                     .arg(provider),
                 tr("Revoke"), over);
    connect(box, &QMessageBox::accepted, this, [this, id = session.id, provider, account] {
        acts_.begin({id,
                     tr("The %1 session of %2 ends in %n second(s)", nullptr,
                        static_cast<int>(DelayedActs::delay.count()))
                         .arg(provider, account),
                     tr("Nothing has been sent yet."),
                     tr("The %1 session of %2 stays.").arg(provider, account),
                     [this, id, provider, account] { revokeNow(id, provider, account); }});
    });
    box->open();
}

// Of what has no sign-in that a provider could end.
void SessionActions::removeKept(const SessionRecord& session, QWidget* over) {
    const bool isKey = session.kind == SessionKind::ApiKey;
    QMessageBox* box = question(
        isKey ? tr("Remove API key") : tr("Remove service account"),
        isKey ? tr("Remove the API key %1?").arg(session.account)
              : tr("Remove the service account %1?").arg(session.account),
        isKey
            ? tr("It is erased from this computer, and programs that use it stop working. It stays valid "
                 "where it was made: to be sure, delete it there as well.")
            : tr("Its key is erased from this computer, and programs that use it stop working. The key stays "
                 "valid at the provider: to be sure, delete it there as well."),
        tr("Remove"), over);
    connect(box, &QMessageBox::accepted, this, [this, session] {
        acts_.begin({session.id,
                     tr("%1 is removed in %n second(s)", "API key or service account",
                        static_cast<int>(DelayedActs::delay.count()))
                         .arg(session.account),
                     tr("Nothing has been erased yet."), tr("%1 stays.").arg(session.account),
                     [this, session] { removeNow(session); }});
    });
    box->open();
}

void SessionActions::removeNow(const SessionRecord& session) {
    const bool isKey = session.kind == SessionKind::ApiKey;
    const auto& keys = mirror_.apiKeys();
    const auto key =
        std::find_if(keys.begin(), keys.end(), [&](const ApiKeyRecord& k) { return k.row.id == session.id; });
    if (isKey && key == keys.end())
        return; // it has gone meanwhile
    send(
        isKey ? "apikey.remove" : "service_account.remove", Json{{"name", isKey ? key->name : session.id}},
        tr("%1 could not be removed").arg(session.account),
        [this, name = session.account](const Json&) {
            mirror_.loadApiKeys();
            Q_EMIT noticed({Notice::Kind::News, tr("Removed"), tr("%1 is erased.").arg(name), {}, {}});
        },
        brokerDeadline);
}

void SessionActions::revokeNow(const std::string& sessionId, const QString& provider,
                               const QString& account) {
    SessionParams params;
    params.sessionId = sessionId;
    const auto tell = [this, provider, account](const Json& result) {
        if (booleanAt(result, "revoked_at_provider").value_or(false)) {
            Q_EMIT noticed({Notice::Kind::News,
                            tr("Revoked"),
                            tr("%1 has confirmed that the session of %2 has ended.").arg(provider, account),
                            {},
                            {}});
            return;
        }
        const QString problem = asSentence(shown(stringAt(result, "problem").value_or("")));
        Q_EMIT noticed(
            {Notice::Kind::Problem,
             tr("Erased here, not confirmed by %1").arg(provider),
             (problem + u' ' +
              tr("End the session in the account settings of %1 as well, to be sure.").arg(provider))
                 .trimmed(),
             {},
             {}});
    };
    send("session.revoke", params.toJson(), tr("The session could not be revoked"), tell, providerDeadline);
}

void SessionActions::revokeConsent(const std::string& consentId, QWidget* over) {
    const auto& consents = mirror_.consents();
    const auto consent = std::find_if(consents.begin(), consents.end(),
                                      [&](const ConsentRecord& c) { return c.id == consentId; });
    if (consent == consents.end() || isLeaving(consentId))
        return;
    QMessageBox* box = question(
        tr("Take back permission"),
        tr("Take back the permission to use %1?").arg(mirror_.providerTitle(consent->provider)),
        tr("%1 has to ask you again the next time.").arg(consent->executable), tr("Take back"), over);
    connect(box, &QMessageBox::accepted, this, [this, held = *consent] { delayConsent(held); });
    box->open();
}

void SessionActions::revokeConsents(const std::vector<std::string>& consentIds, const QString& program,
                                    QWidget* over) {
    const auto count = static_cast<int>(consentIds.size());
    QMessageBox* box = question(tr("Take back permissions"),
                                tr("Take back %n permission(s) of %1?", nullptr, count).arg(program),
                                tr("The program has to ask you again the next time."), tr("Take back"), over);
    connect(box, &QMessageBox::accepted, this, [this, consentIds, program, count] {
        acts_.begin({"all:" + consentIds.front(),
                     tr("%n permission(s) of %1 end in a moment", nullptr, count).arg(program),
                     tr("Nothing has been sent yet."), tr("The permissions of %1 stay.").arg(program),
                     [this, consentIds] {
                         for (const std::string& id : consentIds)
                             revokeConsentNow(id);
                     }});
    });
    box->open();
}

void SessionActions::delayConsent(const ConsentRecord& consent) {
    const QString provider = mirror_.providerTitle(consent.provider);
    acts_.begin({consent.id,
                 tr("The permission to use %1 ends in %n second(s)", nullptr,
                    static_cast<int>(DelayedActs::delay.count()))
                     .arg(provider),
                 tr("Nothing has been sent yet."), tr("The permission to use %1 stays.").arg(provider),
                 [this, id = consent.id] { revokeConsentNow(id); }});
}

void SessionActions::revokeConsentNow(const std::string& consentId) {
    ConsentRevokeParams params;
    params.consentId = consentId;
    send(
        "consent.revoke", params.toJson(), tr("The permission could not be taken back"),
        [this](const Json&) { mirror_.loadConsents(); }, brokerDeadline);
}

void SessionActions::deny(const std::string& consentId) {
    ConsentAnswerParams params;
    params.consentId = consentId;
    params.decision = "deny";
    client_.call("consent.answer", params.toJson(), this, [this](const Result<Json>& result) {
        mirror_.loadPending();
        // A request that ended by itself meanwhile needs no word.
        if (!result && result.error().code != ErrorCode::NotFound)
            tellFailure(tr("Your answer did not reach the broker"), result.error());
    });
}

} // namespace keybearer
