#pragma once

#include "app/tray/mirror/BrokerMirror.h"

#include <QAbstractTableModel>

namespace keybearer {

// The tools that wait for the person, as a table, following the mirror. Owned by its page; GUI thread.
class ToolModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Service, Tool, What, ColumnCount };
    static constexpr int SortRole = Qt::UserRole;

    explicit ToolModel(const BrokerMirror& mirror, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    [[nodiscard]] const ToolEntry* at(int row) const;

private:
    void reload();
    [[nodiscard]] QString text(const ToolEntry& tool, int column) const;

    const BrokerMirror& mirror_;
    std::vector<ToolEntry> rows_;
};

} // namespace keybearer
