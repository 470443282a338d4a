#pragma once

#include "app/tray/services/ServicesBook.h"

#include <QAbstractTableModel>

namespace keybearer {

// The MCP servers as a table, following the book. Owned by the Services page; GUI thread.
class ServiceModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, Target, SignIn, State, Tools, ColumnCount };
    static constexpr int SortRole = Qt::UserRole;
    static constexpr int TextRole = Qt::UserRole + 1; // everything that a search looks at

    explicit ServiceModel(const ServicesBook& book, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    [[nodiscard]] const ServiceRecord* at(int row) const;
    [[nodiscard]] int rowOf(const std::string& name) const;

private:
    void reload();
    [[nodiscard]] static QString text(const ServiceRecord& service, int column);
    [[nodiscard]] static QVariant decoration(const ServiceRecord& service, int column);

    const ServicesBook& book_;
    std::vector<ServiceRecord> rows_;
};

} // namespace keybearer
