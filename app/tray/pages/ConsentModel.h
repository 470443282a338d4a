#pragma once

#include "app/tray/mirror/BrokerMirror.h"
#include "app/tray/pages/RecordTable.h"

#include <functional>

namespace keybearer {

// As the question has called it: the name of the program, or folder and name of its script.
[[nodiscard]] QString programName(const ConsentRecord& consent);

// The permissions that the person has given, as a table, following the mirror. While the broker is away the
// rows stay, as old ones. Owned by its page; GUI thread.
class ConsentModel final : public RecordTable<ConsentRecord> {
    Q_OBJECT
public:
    enum Column { Program, StartedBy, Account, Scopes, Until, LastUsed, ColumnCount };
    // Whether this one is about to be taken back.
    using IsLeaving = std::function<bool(const std::string& id)>;

    ConsentModel(const BrokerMirror& mirror, Now now, QObject* parent = nullptr);

    void setLeaving(IsLeaving isLeaving) { isLeaving_ = std::move(isLeaving); }

    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    // Provider and account, or the run profile.
    [[nodiscard]] QString accountWords(const ConsentRecord& consent) const;
    [[nodiscard]] QString until(const ConsentRecord& consent) const;
    // Of a start it is about a profile instead of a provider.
    [[nodiscard]] static bool isStart(const ConsentRecord& consent);

protected:
    [[nodiscard]] std::string idOf(const ConsentRecord& consent) const override { return consent.id; }
    [[nodiscard]] QString searchText(const ConsentRecord& consent) const override;

private:
    void reload();
    [[nodiscard]] QString text(const ConsentRecord& consent, int column) const;
    [[nodiscard]] QString toolTip(const ConsentRecord& consent, int column) const;
    [[nodiscard]] static QString programToolTip(const ConsentRecord& consent);

    const BrokerMirror& mirror_;
    IsLeaving isLeaving_;
};

} // namespace keybearer
