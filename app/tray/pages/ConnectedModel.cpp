#include "app/tray/pages/ConnectedModel.h"

#include "app/tray/look/Symbols.h"
#include "app/tray/look/Wording.h"

namespace keybearer {

namespace {

QDateTime sinceOf(const ConnectedRecord& record) {
    return record.isStarted ? record.capability.issuedAt : record.client.createdAt;
}

} // namespace

ConnectedModel::ConnectedModel(const ClientLists& lists, Now now, QObject* parent)
    : RecordTable(std::move(now), parent) {
    connect(&lists, &ClientLists::changed, this, [this, &lists] { reload(lists); });
}

void ConnectedModel::reload(const ClientLists& lists) {
    std::vector<ConnectedRecord> all;
    for (const CapabilityRecord& capability : lists.capabilities())
        all.push_back({"started:" + capability.id, true, capability, {}});
    for (const GatewayClientRecord& client : lists.gatewayClients())
        all.push_back({"client:" + client.id, false, {}, client});
    follow(all);
}

int ConnectedModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ConnectedModel::data(const QModelIndex& index, int role) const {
    const ConnectedRecord* record = at(index.row());
    if (record == nullptr)
        return {};
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return text(*record, index.column());
    case Qt::DecorationRole:
        return index.column() == Name
                   ? QVariant(symbol(record->isStarted ? Symbol::Program : Symbol::Gateway))
                   : QVariant();
    case Qt::ToolTipRole:
        return plainToolTip(index.column() == Since ? exactWords(sinceOf(*record))
                                                    : text(*record, index.column()));
    case Qt::ForegroundRole:
        return foreground();
    case SortRole:
        return index.column() == Since ? QVariant(sinceOf(*record)) : QVariant(text(*record, index.column()));
    case SearchProxy::SearchRole:
        return foundText(index.row());
    default:
        return {};
    }
}

QString ConnectedModel::nameWords(const ConnectedRecord& record) {
    if (record.isStarted)
        return record.capability.executable.section(u'/', -1);
    return record.client.name.isEmpty()
               ? shown(record.client.id, 64)
               : tr("\u201C%1\u201D", "what a program calls itself").arg(record.client.name);
}

QString ConnectedModel::text(const ConnectedRecord& record, int column) const {
    switch (column) {
    case Name:
        return inCell(nameWords(record));
    case Kind:
        if (record.isStarted)
            return tr("started by \"keybearer run\"");
        return record.client.isConnected ? tr("MCP client, connected") : tr("MCP client, not connected");
    case Has:
        if (record.isStarted)
            return tr("what the profile %1 lists").arg(record.capability.profile);
        return record.client.grants.isEmpty() ? tr("nothing yet", "a client may have")
                                              : record.client.grants.join(QStringLiteral(", "));
    default:
        return agoWords(sinceOf(record), now());
    }
}

QString ConnectedModel::searchText(const ConnectedRecord& record) const {
    QStringList words;
    for (int column = 0; column < ColumnCount; ++column)
        words.append(text(record, column));
    words << record.capability.executable << shown(record.client.id) << record.client.service;
    return (words + record.client.redirects).join(u'\n');
}

QVariant ConnectedModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Program");
    case Kind:
        return tr("What it is");
    case Has:
        return tr("May have");
    case Since:
        return tr("Since");
    default:
        return {};
    }
}

} // namespace keybearer
