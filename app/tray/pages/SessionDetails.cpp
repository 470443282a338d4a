#include "app/tray/pages/SessionDetails.h"

#include "app/tray/look/FactsView.h"
#include "app/tray/look/Icons.h"
#include "app/tray/look/Spacing.h"
#include "app/tray/look/Symbols.h"
#include "app/tray/look/Wording.h"
#include "app/tray/pages/ConsentModel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace keybearer {

namespace {

constexpr qsizetype mostPrograms = 12; // are named; the page of the programs has them all
constexpr int titleCharacters = 80;

bool needsSignIn(const SessionRecord& session) {
    return session.state == SessionState::NeedsSignIn || session.state == SessionState::Quarantined;
}

QString moment(const QDateTime& when, const QString& relative) {
    return when.isValid() ? SessionDetails::tr("%1 (%2)", "a time, how long from now or ago")
                                .arg(exactWords(when), relative)
                          : QString();
}

QLabel* plainLine(const char* name) {
    auto* label = new QLabel;
    label->setObjectName(QLatin1String(name));
    label->setTextFormat(Qt::PlainText);
    label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // long names are cut, not the window
    return label;
}

} // namespace

SessionDetails::SessionDetails(const BrokerMirror& mirror, const SessionModel& model, QWidget* parent)
    : QWidget(parent), mirror_(mirror), model_(model), icon_(new QLabel), title_(plainLine("detailTitle")),
      state_(plainLine("detailState")), facts_(new FactsView(tr("Details"))),
      undo_(new QPushButton(keybearer::symbol(Symbol::Undo), tr("Un&do"))), refresh_(new QPushButton),
      rename_(new QPushButton(keybearer::symbol(Symbol::Rename), tr("Re&name..."))),
      rotate_(new QPushButton(keybearer::symbol(Symbol::Refresh), tr("&New value..."))),
      switch_(new QPushButton), revoke_(new QPushButton) {
    facts_->setObjectName(QStringLiteral("details"));
    QFont bold = title_->font();
    bold.setBold(true);
    title_->setFont(bold);
    auto* words = new QVBoxLayout;
    words->setSpacing(spacing::hair);
    words->addWidget(title_);
    words->addWidget(state_);
    auto* head = new QHBoxLayout;
    head->setSpacing(spacing::small);
    head->addWidget(icon_);
    head->addLayout(words, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, spacing::small, 0, 0);
    layout->setSpacing(spacing::small);
    layout->addLayout(head);
    layout->addWidget(facts_, 1);
    layout->addLayout(makeButtons());
}

QLayout* SessionDetails::makeButtons() {
    refresh_->setObjectName(QStringLiteral("refresh"));
    rename_->setObjectName(QStringLiteral("rename"));
    rotate_->setObjectName(QStringLiteral("rotate"));
    switch_->setObjectName(QStringLiteral("switch"));
    revoke_->setObjectName(QStringLiteral("revoke"));
    undo_->setObjectName(QStringLiteral("undo"));
    revoke_->setIcon(keybearer::symbol(Symbol::Revoke));
    connect(refresh_, &QPushButton::clicked, this, &SessionDetails::refreshWanted);
    connect(rename_, &QPushButton::clicked, this, &SessionDetails::renameWanted);
    connect(rotate_, &QPushButton::clicked, this, &SessionDetails::rotateWanted);
    connect(switch_, &QPushButton::clicked, this, &SessionDetails::switchWanted);
    connect(revoke_, &QPushButton::clicked, this, &SessionDetails::revokeWanted);
    connect(undo_, &QPushButton::clicked, this, &SessionDetails::undoWanted);
    auto* row = new QHBoxLayout;
    row->setSpacing(spacing::small);
    row->addStretch();
    for (QPushButton* button : {refresh_, rename_, rotate_, switch_, revoke_, undo_})
        row->addWidget(button);
    return row;
}

void SessionDetails::present(const SessionRecord* session, bool isLeaving) {
    presentButtons(session, isLeaving);
    if (session == nullptr) {
        icon_->clear();
        title_->clear();
        state_->clear();
        facts_->say(tr("Select a row to see everything about it."));
        return;
    }
    icon_->setPixmap(SessionModel::icon(*session).pixmap(QSize(spacing::tileIcon, spacing::tileIcon),
                                                         devicePixelRatioF()));
    title_->setText(session->account.isEmpty() ? model_.kindWords(*session)
                                               : session->account.left(titleCharacters));
    state_->setText(session->account.isEmpty()
                        ? model_.stateWords(*session)
                        : tr("%1 \u00B7 %2", "provider and state")
                              .arg(model_.kindWords(*session), model_.stateWords(*session)));
    if (session->kind == SessionKind::ApiKey)
        presentKey(*session);
    else
        presentFacts(*session);
}

void SessionDetails::presentButtons(const SessionRecord* session, bool isLeaving) {
    const bool isKey = session != nullptr && session->kind == SessionKind::ApiKey;
    const bool isRemoved = isKey || (session != nullptr && session->kind == SessionKind::ServiceAccount);
    const bool canAct = session != nullptr && !isLeaving && model_.isCurrent();
    refresh_->setText(session != nullptr && needsSignIn(*session) ? tr("S&ign in again...") : tr("&Refresh"));
    refresh_->setIcon(keybearer::symbol(Symbol::Refresh));
    switch_->setText(session != nullptr && session->state == SessionState::SwitchedOff
                         ? tr("Switch &on", "an API key")
                         : tr("Switch &off", "an API key"));
    switch_->setIcon(keybearer::symbol(
        session != nullptr && session->state == SessionState::SwitchedOff ? Symbol::Play : Symbol::Pause));
    revoke_->setText(isRemoved ? tr("Remo&ve...") : tr("Re&voke..."));
    refresh_->setVisible(!isKey);
    rename_->setVisible(!isKey);
    rotate_->setVisible(isKey);
    switch_->setVisible(isKey);
    undo_->setVisible(isLeaving);
    revoke_->setVisible(!isLeaving);
    for (QPushButton* button : {refresh_, rename_, rotate_, switch_, revoke_})
        button->setEnabled(canAct);
}

QString SessionDetails::remedyOf(const SessionRecord& session) {
    switch (session.state) {
    case SessionState::NeedsSignIn:
        return tr("Sign in again; what programs may have stays as it is.");
    case SessionState::Quarantined:
        return tr("What is stored cannot be read. Sign in again to replace it, or revoke it.");
    case SessionState::Locked:
        return tr("Unlock the store to use it.");
    case SessionState::Expired:
        return tr("Give it a new value, or remove it.");
    case SessionState::SwitchedOff:
        return tr("No program gets it until you switch it on.");
    case SessionState::Active:
    case SessionState::Refreshing:
        break;
    }
    return {};
}

QString SessionDetails::consentsOf(const SessionRecord& session) const {
    QStringList programs;
    qsizetype more = 0;
    for (const ConsentRecord& consent : mirror_.consents()) {
        if (consent.sessionId != session.id)
            continue;
        const QString name = programName(consent);
        if (programs.contains(name))
            continue;
        if (programs.size() < mostPrograms)
            programs.append(name);
        else
            ++more;
    }
    if (programs.isEmpty())
        return tr("no program yet", "who may use a session");
    if (more > 0)
        programs.append(tr("%n more", "programs", static_cast<int>(more)));
    return programs.join(QStringLiteral(", "));
}

void SessionDetails::presentFacts(const SessionRecord& session) {
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QStringList words;
    for (const QString& scope : session.scopes)
        words.append(scopeWords(scope));
    const QString used = moment(session.lastUsedAt, agoWords(session.lastUsedAt, now));
    facts_->present(
        {{tr("Problem"), session.problem},
         {tr("What to do"), remedyOf(session)},
         {tr("Allows", "column: what a session allows, in words"), words.join(u'\n')},
         {tr("Used by"), consentsOf(session)},
         {tr("Token expires"), session.state == SessionState::NeedsSignIn
                                   ? QString()
                                   : moment(session.expiresAt, untilWords(session.expiresAt, now))},
         {tr("Token fetched"), moment(session.refreshedAt, agoWords(session.refreshedAt, now))},
         {tr("Sign-in ends"), moment(session.signInEndsAt, untilWords(session.signInEndsAt, now))},
         {tr("Last used"), used.isEmpty() ? tr("never", "last used")
                           : session.lastUsedBy.isEmpty()
                               ? used
                               : tr("%1, %2", "program, when").arg(session.lastUsedBy, used)},
         {tr("Signed in at"), session.issuer},
         {tr("For the server"), session.resource},
         {tr("Known there as"), session.subject},
         {tr("Session"), shown(session.id)}});
}

void SessionDetails::presentKey(const SessionRecord& session) {
    const auto& keys = mirror_.apiKeys();
    const auto key =
        std::find_if(keys.begin(), keys.end(), [&](const ApiKeyRecord& k) { return k.row.id == session.id; });
    if (key == keys.end())
        return; // the broker is away: what is on show stays
    const QDateTime now = QDateTime::currentDateTimeUtc();
    facts_->present(
        {{tr("Problem"), session.problem},
         {tr("What to do"), remedyOf(session)},
         {tr("Description"), key->description},
         {tr("Used by"), consentsOf(session)},
         {tr("In requests"), key->header},
         {tr("Handed out"), key->exportable
                                ? tr("Programs that you allow may have the key itself.")
                                : tr("Never: Keybearer puts it into requests, and no program sees it.")},
         {tr("Expires"), moment(session.expiresAt, untilWords(session.expiresAt, now))},
         {tr("Added"), moment(key->createdAt, agoWords(key->createdAt, now))},
         {tr("Value replaced"), session.refreshedAt == key->createdAt
                                    ? QString()
                                    : moment(session.refreshedAt, agoWords(session.refreshedAt, now))},
         {tr("Last used"), moment(session.lastUsedAt, agoWords(session.lastUsedAt, now))},
         {tr("For programs"), QStringLiteral("apikey:%1").arg(session.account)}});
}

} // namespace keybearer
