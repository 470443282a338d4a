#include "app/tray/pages/ClientModel.h"

#include "app/tray/look/Icons.h"
#include "app/tray/look/Symbols.h"
#include "app/tray/look/Wording.h"

namespace keybearer {

namespace {

SessionState dotState(const ClientRecord& client) {
    if (client.state == u"active")
        return SessionState::Active;
    return client.state == u"disabled" ? SessionState::SwitchedOff : SessionState::Expired;
}

} // namespace

ClientModel::ClientModel(const ClientLists& lists, Now now, QObject* parent)
    : RecordTable(std::move(now), parent) {
    connect(&lists, &ClientLists::changed, this, [this, &lists] { follow(lists.clients()); });
}

int ClientModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ClientModel::data(const QModelIndex& index, int role) const {
    const ClientRecord* client = at(index.row());
    if (client == nullptr)
        return {};
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return text(*client, index.column());
    case Qt::DecorationRole:
        return index.column() == Name    ? QVariant(emblem(Emblem::Key))
               : index.column() == State ? QVariant(stateDot(dotState(*client)))
                                         : QVariant();
    case Qt::ToolTipRole:
        return plainToolTip(index.column() == Expires    ? exactWords(client->expiresAt)
                            : index.column() == LastUsed ? exactWords(client->lastUsedAt)
                            : index.column() == Name     ? client->description
                                                         : text(*client, index.column()));
    case Qt::ForegroundRole:
        return foreground();
    case SortRole:
        return index.column() == Expires    ? QVariant(client->expiresAt)
               : index.column() == LastUsed ? QVariant(client->lastUsedAt)
                                            : QVariant(text(*client, index.column()));
    case SearchProxy::SearchRole:
        return foundText(index.row());
    default:
        return {};
    }
}

QString ClientModel::stateWords(const ClientRecord& client) {
    return stateWord(dotState(client));
}

QString ClientModel::roleWords(const ClientRecord& client) {
    if (client.role == u"agent")
        return tr("gets tokens", "role of a client");
    if (client.role == u"readonly")
        return tr("looks at everything, gets no token", "role of a client");
    if (client.role == u"user")
        return tr("manages sessions as you do", "role of a client");
    if (client.role == u"admin")
        return tr("may do everything", "role of a client");
    return client.role;
}

QString ClientModel::text(const ClientRecord& client, int column) const {
    switch (column) {
    case Name:
        return inCell(shown(client.name, 64));
    case State:
        return stateWords(client);
    case Allow:
        return client.allow.isEmpty() ? tr("nothing yet", "a client may have")
                                      : client.allow.join(QStringLiteral(", "));
    case Expires:
        return client.expiresAt.isValid() ? untilWords(client.expiresAt, now()) : tr("never", "expires");
    default:
        return client.lastUsedAt.isValid() ? agoWords(client.lastUsedAt, now()) : tr("never", "last used");
    }
}

QString ClientModel::searchText(const ClientRecord& client) const {
    const QStringList words{shown(client.name), shown(client.id),  client.owner,   client.description,
                            stateWords(client), roleWords(client), client.keyEnds, client.allow.join(u'\n')};
    return words.join(u'\n');
}

QVariant ClientModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Client");
    case State:
        return tr("State");
    case Allow:
        return tr("May have");
    case Expires:
        return tr("Expires");
    case LastUsed:
        return tr("Last used");
    default:
        return {};
    }
}

} // namespace keybearer
