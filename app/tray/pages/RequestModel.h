#pragma once

#include "app/tray/mirror/BrokerMirror.h"
#include "app/tray/pages/RecordTable.h"

namespace keybearer {

// The requests that wait for the person, as a table, following the mirror. Owned by its page; GUI thread.
class RequestModel final : public RecordTable<ConsentRequest> {
    Q_OBJECT
public:
    enum Column { Program, Wants, Left, ColumnCount };

    RequestModel(const BrokerMirror& mirror, Now now, QObject* parent = nullptr);

    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    // Who asks, as measured; without a measurement, what it calls itself.
    [[nodiscard]] static QString programWords(const ConsentRequest& request);
    // What for, in a few words.
    [[nodiscard]] static QString wishWords(const ConsentRequest& request);

protected:
    [[nodiscard]] std::string idOf(const ConsentRequest& request) const override { return request.id; }
    [[nodiscard]] QString searchText(const ConsentRequest& request) const override;

private:
    void reload();
    [[nodiscard]] QString text(const ConsentRequest& request, int column) const;
    [[nodiscard]] QString left(const ConsentRequest& request) const;

    const BrokerMirror& mirror_;
};

} // namespace keybearer
