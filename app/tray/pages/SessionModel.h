#pragma once

#include "app/tray/mirror/BrokerMirror.h"
#include "app/tray/pages/RecordTable.h"

#include <functional>

namespace keybearer {

// The sign-ins, API keys and service accounts as a table, following the mirror. While the broker is away the
// rows stay, as old ones. Owned by the Sessions page; GUI thread.
class SessionModel final : public RecordTable<SessionRecord> {
    Q_OBJECT
public:
    enum Column { Provider, AccountLabel, State, Scopes, Expires, LastUsed, ColumnCount };
    // Whether this one is about to be revoked.
    using IsLeaving = std::function<bool(const std::string& id)>;

    SessionModel(const BrokerMirror& mirror, Now now, QObject* parent = nullptr);

    void setLeaving(IsLeaving isLeaving) { isLeaving_ = std::move(isLeaving); }

    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    // "GitHub", "API key", "Google (service account)".
    [[nodiscard]] QString kindWords(const SessionRecord& session) const;
    [[nodiscard]] QString stateWords(const SessionRecord& session) const;
    [[nodiscard]] static QIcon icon(const SessionRecord& session);
    // In the person's words, without the scopes themselves.
    [[nodiscard]] static QString scopesInWords(const SessionRecord& session);

protected:
    [[nodiscard]] std::string idOf(const SessionRecord& session) const override { return session.id; }
    [[nodiscard]] QString searchText(const SessionRecord& session) const override;

private:
    void reload();
    [[nodiscard]] QString text(const SessionRecord& session, int column) const;
    [[nodiscard]] QString lastUse(const SessionRecord& session) const;
    [[nodiscard]] QString toolTip(const SessionRecord& session, int column) const;
    [[nodiscard]] QVariant sortKey(const SessionRecord& session, int column) const;
    [[nodiscard]] QVariant decoration(const SessionRecord& session, int column) const;

    const BrokerMirror& mirror_;
    IsLeaving isLeaving_;
    std::vector<ProviderRecord> providers_;
};

} // namespace keybearer
