#include "app/tray/pages/ConsentModel.h"

#include "app/tray/look/Wording.h"

#include <algorithm>

namespace keybearer {

namespace {
constexpr std::string_view profilePrefix =
    "run:"; // of a command that may be started with what a profile lists

QString lastPart(const QString& path) {
    return path.mid(path.lastIndexOf(u'/') + 1);
}

// As the question has called it.
QString programName(const ConsentRecord& consent) {
    CallerRecord caller;
    caller.executable = consent.executable;
    caller.script = consent.script;
    return caller.programName();
}
} // namespace

ConsentModel::ConsentModel(const BrokerMirror& mirror, Now now, QObject* parent)
    : QAbstractTableModel(parent), mirror_(mirror), now_(std::move(now)), rows_(mirror.consents()) {
    connect(&mirror_, &BrokerMirror::changed, this, &ConsentModel::reload);
}

void ConsentModel::reload() {
    const auto& fresh = mirror_.consents();
    const auto sameId = [](const ConsentRecord& a, const ConsentRecord& b) { return a.id == b.id; };
    if (std::equal(rows_.begin(), rows_.end(), fresh.begin(), fresh.end(), sameId)) {
        rows_ = fresh;
        tick();
        return;
    }
    beginResetModel();
    rows_ = fresh;
    endResetModel();
}

void ConsentModel::tick() {
    if (!rows_.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int ConsentModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int ConsentModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

const ConsentRecord* ConsentModel::at(int row) const {
    return row >= 0 && row < rowCount() ? &rows_[static_cast<std::size_t>(row)] : nullptr;
}

QVariant ConsentModel::data(const QModelIndex& index, int role) const {
    const ConsentRecord* consent = at(index.row());
    if (consent == nullptr)
        return {};
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return text(*consent, index.column());
    case Qt::ToolTipRole:
        return plainToolTip(toolTip(*consent, index.column()));
    case SortRole:
        if (index.column() == Until)
            return consent->expiresAt;
        if (index.column() == LastUsed)
            return consent->lastUsedAt;
        return text(*consent, index.column()).toCaseFolded();
    default:
        return {};
    }
}

QString ConsentModel::text(const ConsentRecord& consent, int column) const {
    switch (column) {
    case Program:
        return programName(consent);
    case StartedBy:
        return lastPart(consent.startedBy);
    case Account: {
        if (consent.provider.starts_with(profilePrefix))
            return tr("run profile %1").arg(shown(consent.provider.substr(profilePrefix.size())));
        const QString provider = mirror_.providerTitle(consent.provider);
        return consent.account.isEmpty()
                   ? provider
                   : tr("%1 \u2013 %2", "provider and account").arg(provider, consent.account);
    }
    case Scopes:
        return consent.scopes.join(QStringLiteral(", "));
    case Until:
        return until(consent);
    default:
        return consent.lastUsedAt.isValid() ? agoWords(consent.lastUsedAt, now_()) : tr("never");
    }
}

QString ConsentModel::until(const ConsentRecord& consent) const {
    if (consent.duration == u"session")
        return tr("the program ends");
    if (consent.duration == u"until revoked")
        return tr("you take it back");
    if (consent.duration == u"config")
        return tr("set in config.yaml");
    return untilWords(consent.expiresAt, now_());
}

QString ConsentModel::programToolTip(const ConsentRecord& consent) {
    QStringList lines{consent.executable};
    if (!consent.script.isEmpty())
        lines.append(consent.script);
    if (const QString known = identityWords(consent.identity); !known.isEmpty())
        lines.append(tr("Recognised as: %1").arg(known));
    if (consent.updatedAt.isValid())
        lines.append(
            tr("Updated by the system on %1; it keeps what you allowed.").arg(exactWords(consent.updatedAt)));
    return lines.join(u'\n');
}

QString ConsentModel::toolTip(const ConsentRecord& consent, int column) const {
    switch (column) {
    case Program:
        return programToolTip(consent);
    case StartedBy:
        return consent.startedBy;
    case Account: // of a start the label is the command line
        return consent.provider.starts_with(profilePrefix) ? consent.account : text(consent, column);
    case Until:
        return exactWords(consent.expiresAt);
    case LastUsed:
        return tr("used %n time(s)", nullptr, static_cast<int>(consent.uses));
    default:
        return text(consent, column);
    }
}

QVariant ConsentModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Program:
        return tr("Program");
    case StartedBy:
        return tr("Started by");
    case Account:
        return tr("Account");
    case Scopes:
        return tr("Scopes");
    case Until:
        return tr("Allowed until");
    case LastUsed:
        return tr("Last used");
    default:
        return {};
    }
}

} // namespace keybearer
