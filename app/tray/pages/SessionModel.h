#pragma once

#include "app/tray/mirror/BrokerMirror.h"

#include <QAbstractTableModel>
#include <functional>

namespace keybearer {

// The sessions as a table, following the mirror. A change of one session keeps the rows, and so the
// selection. Owned by the Sessions window; GUI thread.
class SessionModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Provider, AccountLabel, Scopes, State, Expires, LastUsed, ColumnCount };
    static constexpr int SortRole = Qt::UserRole;
    using Now = std::function<QDateTime()>;

    SessionModel(const BrokerMirror& mirror, Now now, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    // Nothing if there is no such row.
    [[nodiscard]] const SessionRecord* at(int row) const;
    [[nodiscard]] int rowOf(const std::string& sessionId) const; // -1: none
    // Says the times anew.
    void tick();

private:
    void reload();
    [[nodiscard]] QString text(const SessionRecord& session, int column) const;
    [[nodiscard]] QString toolTip(const SessionRecord& session, int column) const;
    [[nodiscard]] QVariant sortKey(const SessionRecord& session, int column) const;

    const BrokerMirror& mirror_;
    Now now_;
    std::vector<SessionRecord> rows_;
};

} // namespace keybearer
