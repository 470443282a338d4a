#pragma once

#include "app/tray/pages/ClientLists.h"
#include "app/tray/pages/RecordTable.h"

namespace keybearer {

// A program that runs with what a profile lists, or an MCP client that has registered at the gateway.
struct ConnectedRecord {
    std::string id;
    bool isStarted = false; // else a client of the gateway
    CapabilityRecord capability;
    GatewayClientRecord client;
    bool operator==(const ConnectedRecord& other) const = default;
};

// Both as one table. Owned by its page; GUI thread.
class ConnectedModel final : public RecordTable<ConnectedRecord> {
    Q_OBJECT
public:
    enum Column { Name, Kind, Has, Since, ColumnCount };

    ConnectedModel(const ClientLists& lists, Now now, QObject* parent = nullptr);

    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    [[nodiscard]] static QString nameWords(const ConnectedRecord& record);

protected:
    [[nodiscard]] std::string idOf(const ConnectedRecord& record) const override { return record.id; }
    [[nodiscard]] QString searchText(const ConnectedRecord& record) const override;

private:
    void reload(const ClientLists& lists);
    [[nodiscard]] QString text(const ConnectedRecord& record, int column) const;
};

} // namespace keybearer
