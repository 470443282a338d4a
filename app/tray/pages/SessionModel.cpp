#include "app/tray/pages/SessionModel.h"

#include "app/tray/look/Icons.h"
#include "app/tray/look/Wording.h"

#include <algorithm>

namespace keybearer {

SessionModel::SessionModel(const BrokerMirror& mirror, Now now, QObject* parent)
    : QAbstractTableModel(parent), mirror_(mirror), now_(std::move(now)), rows_(mirror.sessions()) {
    connect(&mirror_, &BrokerMirror::changed, this, &SessionModel::reload);
}

void SessionModel::reload() {
    const auto& fresh = mirror_.sessions();
    const auto sameId = [](const SessionRecord& a, const SessionRecord& b) { return a.id == b.id; };
    if (std::equal(rows_.begin(), rows_.end(), fresh.begin(), fresh.end(), sameId)) {
        rows_ = fresh;
        tick();
        return;
    }
    beginResetModel();
    rows_ = fresh;
    endResetModel();
}

void SessionModel::tick() {
    if (!rows_.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int SessionModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int SessionModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

const SessionRecord* SessionModel::at(int row) const {
    return row >= 0 && row < rowCount() ? &rows_[static_cast<std::size_t>(row)] : nullptr;
}

int SessionModel::rowOf(const std::string& sessionId) const {
    for (int row = 0; row < rowCount(); ++row) {
        if (at(row)->id == sessionId)
            return row;
    }
    return -1;
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
        return index.column() == State ? QVariant(stateDot(session->state)) : QVariant();
    case SortRole:
        return sortKey(*session, index.column());
    default:
        return {};
    }
}

QString SessionModel::text(const SessionRecord& session, int column) const {
    switch (column) {
    case Provider:
        return mirror_.providerTitle(session.provider);
    case AccountLabel:
        return session.account;
    case Scopes:
        return session.scopes.join(QStringLiteral(", "));
    case State:
        return stateWord(session.state);
    case Expires:
        // A sign-in that has ended does not expire once more.
        return session.state == SessionState::NeedsSignIn ? untilWords({}, now_())
                                                          : untilWords(session.expiresAt, now_());
    default:
        break;
    }
    if (!session.lastUsedAt.isValid())
        return tr("never");
    const QString when = agoWords(session.lastUsedAt, now_());
    return session.lastUsedBy.isEmpty() ? when : tr("%1, %2", "program, when").arg(session.lastUsedBy, when);
}

QString SessionModel::toolTip(const SessionRecord& session, int column) const {
    switch (column) {
    case Provider:
        return session.issuer;
    case AccountLabel:
        return session.subject;
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
        return text(session, column).toCaseFolded();
    }
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
        return tr("Scopes");
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
