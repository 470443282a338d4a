#pragma once

#include "app/tray/activity/AuditRecord.h"
#include "app/tray/mirror/BrokerMirror.h"

#include <QAbstractTableModel>
#include <deque>
#include <functional>

namespace keybearer {

// Which rows of the log are wanted, as the broker can look for them. An empty member: all.
struct ActivityFilter {
    std::string kind; // whole, or its family
    std::string provider;
    std::string caller; // path or name of the file
    QDateTime since;
    [[nodiscard]] bool operator==(const ActivityFilter&) const = default;
    [[nodiscard]] bool isEmpty() const { return *this == ActivityFilter(); }
};

// The audit log as a table, the newest row first. Asks the broker for a page when the view comes to the end
// of what is there, and never keeps more than a limited number of rows: beyond it one goes on from there, and
// the newer ones are let go. Asks for nothing by itself. Owned by the Activity page; GUI thread.
class ActivityModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { When, What, Program, Account, Outcome, ColumnCount };
    static constexpr int TextRole = Qt::UserRole; // everything of the row that a search looks at
    static constexpr int rowsOfAPage = 200;
    static constexpr int mostRows = 10'000; // some 20 MiB
    using Now = std::function<QDateTime()>;
    // What stands at the end of the rows that are there.
    enum class Edge { Loading, More, Full, End, Failed };

    ActivityModel(BrokerClient& client, const BrokerMirror& mirror, Now now, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

    [[nodiscard]] const AuditRecord* at(int row) const;
    [[nodiscard]] const ActivityFilter& filter() const { return filter_; }
    [[nodiscard]] Edge edge() const;
    // Why the last question was not answered.
    [[nodiscard]] const Error& problem() const { return problem_; }
    // Whether rows that are newer than the first one were let go.
    [[nodiscard]] bool startsLate() const { return startsLate_; }
    // Time of the oldest row that is there.
    [[nodiscard]] QDateTime oldest() const;

    // Forgets everything and asks for the newest page.
    void load(const ActivityFilter& filter);
    // Asks for rows that are newer than the first; for the first page if there was none yet.
    void refresh();
    // At the limit: lets go of what is there and goes on with older rows.
    void goOn();
    // The times on show have grown older.
    void tick();

Q_SIGNALS:
    // edge() is different, or rows have come.
    void progressed();
    // So many rows have come in front.
    void grew(int rows);

private:
    void ask();
    void onPage(const Result<Json>& page);
    void trim();
    void askNewer();
    void onNewer(const Result<Json>& page);
    [[nodiscard]] Json question() const;
    [[nodiscard]] static std::deque<AuditRecord> recordsOf(const Json& page);
    [[nodiscard]] QVariant decoration(const AuditRecord& record, int column) const;
    [[nodiscard]] QString text(const AuditRecord& record, int column) const;
    [[nodiscard]] QString toolTip(const AuditRecord& record, int column) const;
    [[nodiscard]] QString providerOf(const AuditRecord& record) const;
    template <typename Handler>
    void send(const Json& params, Handler handler);

    BrokerClient& client_;
    const BrokerMirror& mirror_;
    Now now_;
    ActivityFilter filter_;
    std::deque<AuditRecord> rows_;
    std::int64_t next_ = 0;   // where the next older page begins; 0: at the newest row
    std::int64_t newest_ = 0; // up to here newer rows have been asked for
    bool begun_ = false;
    bool more_ = false; // there are older rows
    bool asking_ = false;
    bool askingNewer_ = false;
    bool startsLate_ = false;
    int idlePages_ = 0; // pages without a row, one after the other
    int round_ = 0;     // answers to earlier questions are dropped
    bool failed_ = false;
    Error problem_{ErrorCode::InternalError, {}};
};

} // namespace keybearer
