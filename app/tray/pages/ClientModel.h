#pragma once

#include "app/tray/pages/ClientLists.h"
#include "app/tray/pages/RecordTable.h"

namespace keybearer {

// The programs with a key of their own, as a table. Owned by its page; GUI thread.
class ClientModel final : public RecordTable<ClientRecord> {
    Q_OBJECT
public:
    enum Column { Name, State, Allow, Expires, LastUsed, ColumnCount };

    ClientModel(const ClientLists& lists, Now now, QObject* parent = nullptr);

    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    [[nodiscard]] static QString stateWords(const ClientRecord& client);
    [[nodiscard]] static QString roleWords(const ClientRecord& client);

protected:
    [[nodiscard]] std::string idOf(const ClientRecord& client) const override { return client.id; }
    [[nodiscard]] QString searchText(const ClientRecord& client) const override;

private:
    [[nodiscard]] QString text(const ClientRecord& client, int column) const;
};

} // namespace keybearer
