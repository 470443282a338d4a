#pragma once

#include "app/tray/mirror/BrokerMirror.h"

#include <QAbstractTableModel>
#include <functional>

namespace keybearer {

// The permissions that the person has given, as a table, following the mirror. Owned by the Sessions window;
// GUI thread.
class ConsentModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Program, StartedBy, Account, Scopes, Until, LastUsed, ColumnCount };
    static constexpr int SortRole = Qt::UserRole;
    using Now = std::function<QDateTime()>;

    ConsentModel(const BrokerMirror& mirror, Now now, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    [[nodiscard]] const ConsentRecord* at(int row) const;
    void tick();

private:
    void reload();
    [[nodiscard]] QString text(const ConsentRecord& consent, int column) const;
    [[nodiscard]] QString until(const ConsentRecord& consent) const;
    [[nodiscard]] QString toolTip(const ConsentRecord& consent, int column) const;
    [[nodiscard]] static QString programToolTip(const ConsentRecord& consent);

    const BrokerMirror& mirror_;
    Now now_;
    std::vector<ConsentRecord> rows_;
};

} // namespace keybearer
