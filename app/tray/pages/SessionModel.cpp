#include "app/tray/pages/SessionModel.h"

#include "app/tray/look/Icons.h"
#include "app/tray/look/Symbols.h"
#include "app/tray/look/Wording.h"

namespace keybearer {

SessionModel::SessionModel(const BrokerMirror& mirror, Now now, QObject* parent)
    : RecordTable(std::move(now), parent), mirror_(mirror) {
    connect(&mirror_, &BrokerMirror::changed, this, &SessionModel::reload);
    reload();
}

void SessionModel::reload() {
    setCurrent(mirror_.isLoaded());
    if (!mirror_.isLoaded())
        return; // what was known stays on show
    if (mirror_.providers() != providers_) {
        providers_ = mirror_.providers();
        touchAll();
    }
    std::vector<SessionRecord> all = mirror_.sessions();
    for (const ApiKeyRecord& key : mirror_.apiKeys())
        all.push_back(key.row);
    follow(all);
}

int SessionModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant SessionModel::data(const QModelIndex& index, int role) const {
    const SessionRecord* session = at(index.row());
    if (session == nullptr)
        return {};
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return text(*session, index.column());
    case Qt::ToolTipRole:
        return plainToolTip(toolTip(*session, index.column()));
    case Qt::DecorationRole:
        return decoration(*session, index.column());
    case Qt::ForegroundRole:
        return foreground();
    case SortRole:
        return sortKey(*session, index.column());
    case SearchProxy::SearchRole:
        return foundText(index.row());
    default:
        return {};
    }
}

QIcon SessionModel::icon(const SessionRecord& session) {
    switch (session.kind) {
    case SessionKind::ApiKey:
        return emblem(Emblem::Key);
    case SessionKind::ServiceAccount:
        return emblem(Emblem::Robot);
    default:
        return providerIcon(session.provider);
    }
}

QVariant SessionModel::decoration(const SessionRecord& session, int column) const {
    if (column == Provider)
        return icon(session);
    if (column == State)
        return stateDot(session.state);
    return {};
}

QString SessionModel::kindWords(const SessionRecord& session) const {
    const QString provider = mirror_.providerTitle(session.provider);
    switch (session.kind) {
    case SessionKind::ApiKey:
        return tr("API key");
    case SessionKind::ServiceAccount:
        return tr("%1 (service account)", "provider").arg(provider);
    case SessionKind::ClientCredentials:
        return tr("%1 (this computer itself)", "provider; nobody has signed in, a client acts for itself")
            .arg(provider);
    case SessionKind::Enterprise:
        return tr("%1 (by your company)", "provider; an identity provider vouches for the person")
            .arg(provider);
    case SessionKind::Workload:
        return tr("%1 (by this machine)", "provider; the platform vouches for the machine").arg(provider);
    case SessionKind::SignIn:
        break;
    }
    return provider;
}

QString SessionModel::stateWords(const SessionRecord& session) const {
    if (isLeaving_ && isLeaving_(session.id))
        return tr("Ends in a moment", "a session that is about to be revoked");
    return stateWord(session.state);
}

QString SessionModel::scopesInWords(const SessionRecord& session) {
    QStringList words;
    for (const QString& scope : session.scopes)
        words.append(scopeMeaning(scope));
    return words.join(QStringLiteral(", "));
}

QString SessionModel::lastUse(const SessionRecord& session) const {
    if (!session.lastUsedAt.isValid())
        return tr("never", "last used");
    const QString when = agoWords(session.lastUsedAt, now());
    return session.lastUsedBy.isEmpty() ? when
                                        : tr("%1, %2", "program, when").arg(inCell(session.lastUsedBy), when);
}

QString SessionModel::text(const SessionRecord& session, int column) const {
    switch (column) {
    case Provider:
        return inCell(kindWords(session));
    case AccountLabel:
        return inCell(session.account);
    case Scopes:
        return scopesInWords(session);
    case State:
        return stateWords(session);
    case Expires:
        if (session.kind == SessionKind::ApiKey && !session.expiresAt.isValid())
            return tr("never", "expires");
        // A sign-in that has ended does not expire once more.
        return session.state == SessionState::NeedsSignIn ? untilWords({}, now())
                                                          : untilWords(session.expiresAt, now());
    default:
        return lastUse(session);
    }
}

QString SessionModel::toolTip(const SessionRecord& session, int column) const {
    switch (column) {
    case Provider:
        return session.issuer;
    case AccountLabel:
        return session.subject.isEmpty() ? session.account : session.account + u'\n' + session.subject;
    case Scopes:
        return session.scopes.join(QStringLiteral(", "));
    case State:
        return session.problem;
    case Expires:
        return exactWords(session.expiresAt);
    default:
        return exactWords(session.lastUsedAt);
    }
}

QVariant SessionModel::sortKey(const SessionRecord& session, int column) const {
    switch (column) {
    case State:
        return static_cast<int>(session.state);
    case Expires:
        return session.expiresAt;
    case LastUsed:
        return session.lastUsedAt;
    default:
        return text(session, column);
    }
}

QString SessionModel::searchText(const SessionRecord& session) const {
    QStringList words{kindWords(session), session.account,          session.subject,
                      session.issuer,     session.resource,         session.problem,
                      session.lastUsedBy, stateWord(session.state), scopesInWords(session)};
    words += session.scopes;
    words.append(shown(session.provider));
    if (session.kind == SessionKind::ApiKey) {
        for (const ApiKeyRecord& key : mirror_.apiKeys()) {
            if (key.row.id == session.id)
                words << key.description << key.header;
        }
    }
    return words.join(u'\n');
}

QVariant SessionModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Provider:
        return tr("Provider");
    case AccountLabel:
        return tr("Account");
    case Scopes:
        return tr("Allows", "column: what a session allows, in words");
    case State:
        return tr("State");
    case Expires:
        return tr("Expires");
    case LastUsed:
        return tr("Last used by");
    default:
        return {};
    }
}

} // namespace keybearer
