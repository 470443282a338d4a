#include "app/tray/activity/ActivityModel.h"

#include "app/tray/activity/AuditWords.h"
#include "app/tray/look/Wording.h"

#include <QGuiApplication>
#include <QPalette>
#include <algorithm>
#include <iterator>

namespace keybearer {

namespace {
// A page ends where the broker has looked at many rows and found none that fits; so often it is asked to go
// on by itself.
constexpr int mostIdlePages = 10;
constexpr int newerAtOnce = 1000; // with still more, one begins anew instead of pushing them all in front
constexpr std::chrono::seconds patience{60};
} // namespace

ActivityModel::ActivityModel(BrokerClient& client, const BrokerMirror& mirror, Now now, QObject* parent)
    : QAbstractTableModel(parent), client_(client), mirror_(mirror), now_(std::move(now)) {}

int ActivityModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int ActivityModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

const AuditRecord* ActivityModel::at(int row) const {
    return row >= 0 && row < rowCount() ? &rows_[static_cast<std::size_t>(row)] : nullptr;
}

QDateTime ActivityModel::oldest() const {
    return rows_.empty() ? QDateTime() : rows_.back().at;
}

ActivityModel::Edge ActivityModel::edge() const {
    if (failed_)
        return Edge::Failed;
    if (asking_ || !begun_)
        return Edge::Loading;
    if (!more_)
        return Edge::End;
    return rowCount() >= mostRows ? Edge::Full : Edge::More;
}

bool ActivityModel::canFetchMore(const QModelIndex& parent) const {
    return !parent.isValid() && begun_ && edge() == Edge::More;
}

void ActivityModel::fetchMore(const QModelIndex& parent) {
    if (canFetchMore(parent)) {
        idlePages_ = 0;
        ask();
    }
}

void ActivityModel::load(const ActivityFilter& filter) {
    ++round_;
    beginResetModel();
    rows_.clear();
    endResetModel();
    filter_ = filter;
    next_ = 0;
    newest_ = 0;
    idlePages_ = 0;
    begun_ = true;
    startsLate_ = false;
    askingNewer_ = false;
    ask();
}

void ActivityModel::goOn() {
    if (edge() != Edge::Full)
        return;
    beginResetModel();
    rows_.clear();
    endResetModel();
    startsLate_ = true;
    idlePages_ = 0;
    ask();
}

Json ActivityModel::question() const {
    Json params = Json::object();
    if (!filter_.kind.empty())
        params["kind"] = filter_.kind;
    if (!filter_.provider.empty())
        params["provider"] = filter_.provider;
    if (!filter_.caller.empty())
        params["caller"] = filter_.caller;
    if (filter_.since.isValid())
        params["since"] = filter_.since.toUTC().toString(Qt::ISODate).toStdString();
    return params;
}

template <typename Handler>
void ActivityModel::send(const Json& params, Handler handler) {
    client_.call(
        "audit.query", params, this,
        [this, handler, round = round_](const Result<Json>& page) {
            if (round == round_)
                (this->*handler)(page);
        },
        patience);
}

void ActivityModel::ask() {
    Json params = question();
    params["limit"] = rowsOfAPage;
    if (next_ > 0)
        params["before_sequence"] = next_;
    asking_ = true;
    failed_ = false;
    Q_EMIT progressed();
    send(params, &ActivityModel::onPage);
}

std::deque<AuditRecord> ActivityModel::recordsOf(const Json& page) {
    std::deque<AuditRecord> records;
    const auto rows = page.find("rows");
    if (rows == page.end() || !rows->is_array())
        return records;
    for (const Json& row : *rows) {
        if (auto record = readAuditRecord(row))
            records.push_back(std::move(*record));
    }
    return records;
}

void ActivityModel::onPage(const Result<Json>& page) {
    asking_ = false;
    if (!page) {
        failed_ = true;
        problem_ = page.error();
        Q_EMIT progressed();
        return;
    }
    std::deque<AuditRecord> fresh = recordsOf(*page);
    const std::int64_t before = next_;
    next_ = integerAt(*page, "next_sequence").value_or(0);
    more_ = booleanAt(*page, "more").value_or(false) && next_ > 1 && (before == 0 || next_ < before);
    if (!startsLate_ && newest_ == 0)
        newest_ = fresh.empty() ? next_ : fresh.front().sequence;
    idlePages_ = fresh.empty() ? idlePages_ + 1 : 0;
    if (!fresh.empty()) {
        const int at = rowCount();
        beginInsertRows({}, at, at + static_cast<int>(fresh.size()) - 1);
        rows_.insert(rows_.end(), std::make_move_iterator(fresh.begin()),
                     std::make_move_iterator(fresh.end()));
        endInsertRows();
    } else if (more_ && idlePages_ < mostIdlePages) {
        return ask();
    }
    Q_EMIT progressed();
}

void ActivityModel::refresh() {
    if (!begun_ || (failed_ && rows_.empty()))
        return load(filter_);
    if (!asking_ && !askingNewer_ && !startsLate_)
        askNewer();
}

void ActivityModel::askNewer() {
    Json params = question();
    params["limit"] = newerAtOnce;
    params["after_sequence"] = newest_;
    askingNewer_ = true;
    send(params, &ActivityModel::onNewer);
}

void ActivityModel::onNewer(const Result<Json>& page) {
    askingNewer_ = false;
    if (!page)
        return;                                       // the next look tries again
    std::deque<AuditRecord> fresh = recordsOf(*page); // the oldest first
    newest_ = std::max(newest_, integerAt(*page, "next_sequence").value_or(newest_));
    const bool more = booleanAt(*page, "more").value_or(false);
    if (more && fresh.size() >= newerAtOnce)
        return load(filter_);
    if (!fresh.empty()) {
        const int count = static_cast<int>(fresh.size());
        beginInsertRows({}, 0, count - 1);
        rows_.insert(rows_.begin(), std::make_move_iterator(fresh.rbegin()),
                     std::make_move_iterator(fresh.rend()));
        endInsertRows();
        trim();
        Q_EMIT grew(count);
        Q_EMIT progressed();
    }
    if (more)
        askNewer();
}

// What has come in front pushes the oldest out; they can be asked for again.
void ActivityModel::trim() {
    if (rowCount() <= mostRows || asking_)
        return;
    beginRemoveRows({}, mostRows, rowCount() - 1);
    rows_.resize(mostRows);
    endRemoveRows();
    next_ = rows_.back().sequence;
    more_ = true;
}

void ActivityModel::tick() {
    if (!rows_.empty())
        Q_EMIT dataChanged(index(0, When), index(rowCount() - 1, When), {Qt::DisplayRole});
}

QString ActivityModel::providerOf(const AuditRecord& record) const {
    return record.provider.empty() ? QString() : mirror_.providerTitle(record.provider);
}

QVariant ActivityModel::data(const QModelIndex& index, int role) const {
    const AuditRecord* record = at(index.row());
    if (record == nullptr)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return text(*record, index.column());
    case Qt::AccessibleTextRole:
        return index.column() == When ? exactWords(record->at) : text(*record, index.column());
    case Qt::ToolTipRole:
        return plainToolTip(toolTip(*record, index.column()));
    case Qt::DecorationRole:
        return decoration(*record, index.column());
    case TextRole:
        return QStringList{
            toolTip(*record, What), record->caller, record->tool,        record->why,
            record->detail,         record->client, shown(record->kind), shown(record->provider)}
            .join(u'\n');
    default:
        return {};
    }
}

QVariant ActivityModel::decoration(const AuditRecord& record, int column) const {
    if (column == What)
        return symbol(auditSymbol(record), QGuiApplication::palette());
    if (column == Account && !record.provider.empty())
        return providerIcon(record.provider);
    return {};
}

QString ActivityModel::text(const AuditRecord& record, int column) const {
    switch (column) {
    case When:
        return agoWords(record.at, now_());
    case What: {
        AuditRecord brief = record; // the account has a column of its own
        if (!brief.provider.empty())
            brief.account.clear();
        return auditSentence(brief, providerOf(record));
    }
    case Program:
        return record.programName();
    case Account: {
        const QString provider = providerOf(record);
        if (provider.isEmpty() || record.account.isEmpty())
            return provider + record.account;
        return tr("%1 \u2013 %2", "provider and account").arg(provider, record.account);
    }
    default:
        return outcomeWord(auditOutcome(record));
    }
}

QString ActivityModel::toolTip(const AuditRecord& record, int column) const {
    switch (column) {
    case When:
        return exactWords(record.at);
    case Program:
        return record.script.isEmpty() ? record.caller : record.script + u'\n' + record.caller;
    case What:
        return auditSentence(record, providerOf(record));
    case Outcome:
        return auditReason(record);
    default:
        return text(record, column);
    }
}

QVariant ActivityModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case When:
        return tr("When");
    case What:
        return tr("What happened");
    case Program:
        return tr("Program");
    case Account:
        return tr("Account");
    case Outcome:
        //: heading of a column: Given, Refused, Done ...
        return tr("Outcome");
    default:
        return {};
    }
}

} // namespace keybearer
