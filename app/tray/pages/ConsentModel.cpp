#include "app/tray/pages/ConsentModel.h"

#include "app/tray/look/Symbols.h"
#include "app/tray/look/Wording.h"

namespace keybearer {

namespace {
constexpr std::string_view profilePrefix =
    "run:"; // of a command that may be started with what a profile lists

QString lastPart(const QString& path) {
    return path.mid(path.lastIndexOf(u'/') + 1);
}

} // namespace

QString programName(const ConsentRecord& consent) {
    if (!consent.clientName.isEmpty())
        return ConsentModel::tr("\u201C%1\u201D", "what a program calls itself").arg(consent.clientName);
    CallerRecord caller;
    caller.executable = consent.executable;
    caller.script = consent.script;
    return caller.programName();
}

ConsentModel::ConsentModel(const BrokerMirror& mirror, Now now, QObject* parent)
    : RecordTable(std::move(now), parent), mirror_(mirror) {
    connect(&mirror_, &BrokerMirror::changed, this, &ConsentModel::reload);
    reload();
}

void ConsentModel::reload() {
    setCurrent(mirror_.hasConsents());
    if (mirror_.hasConsents())
        follow(mirror_.consents());
}

int ConsentModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

bool ConsentModel::isStart(const ConsentRecord& consent) {
    return consent.provider.starts_with(profilePrefix);
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
    case Qt::DecorationRole:
        return index.column() == Account
                   ? QVariant(isStart(*consent) ? symbol(Symbol::Play) : providerIcon(consent->provider))
                   : QVariant();
    case Qt::ForegroundRole:
        return foreground();
    case SearchProxy::SearchRole:
        return foundText(index.row());
    case SortRole:
        if (index.column() == Until)
            return consent->expiresAt;
        if (index.column() == LastUsed)
            return consent->lastUsedAt;
        return text(*consent, index.column());
    default:
        return {};
    }
}

QString ConsentModel::text(const ConsentRecord& consent, int column) const {
    switch (column) {
    case Program:
        return inCell(programName(consent));
    case StartedBy:
        return inCell(lastPart(consent.startedBy));
    case Account:
        return inCell(accountWords(consent));
    case Scopes: {
        QStringList words;
        for (const QString& scope : consent.scopes)
            words.append(scopeMeaning(scope));
        return words.join(QStringLiteral(", "));
    }
    case Until:
        return isLeaving_ && isLeaving_(consent.id) ? tr("a moment from now") : until(consent);
    default:
        return consent.lastUsedAt.isValid() ? agoWords(consent.lastUsedAt, now()) : tr("never", "last used");
    }
}

QString ConsentModel::accountWords(const ConsentRecord& consent) const {
    if (isStart(consent))
        return tr("run profile %1").arg(shown(consent.provider.substr(profilePrefix.size())));
    const QString provider = mirror_.providerTitle(consent.provider);
    return consent.account.isEmpty()
               ? provider
               : tr("%1 \u2013 %2", "provider and account").arg(provider, consent.account);
}

QString ConsentModel::searchText(const ConsentRecord& consent) const {
    QStringList words{programName(consent),     consent.executable, consent.script, consent.startedBy,
                      accountWords(consent),    consent.account,    consent.issuer, consent.resource,
                      consent.workingDirectory, consent.signer,     until(consent), text(consent, Scopes)};
    return (words + consent.scopes).join(u'\n');
}

QString ConsentModel::until(const ConsentRecord& consent) const {
    if (consent.duration == u"session")
        return tr("the program ends");
    if (consent.duration == u"until revoked")
        return tr("you take it back");
    if (consent.duration == u"config")
        return tr("set in config.yaml");
    return untilWords(consent.expiresAt, now());
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
        return isStart(consent) ? consent.account : text(consent, column);
    case Until:
        return exactWords(consent.expiresAt);
    case LastUsed:
        return tr("used %n time(s)", nullptr, static_cast<int>(consent.uses));
    case Scopes:
        return consent.scopes.join(QStringLiteral(", "));
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
        return tr("May do", "column: what a program may do");
    case Until:
        return tr("Allowed until");
    case LastUsed:
        return tr("Last used");
    default:
        return {};
    }
}

} // namespace keybearer
