#pragma once

#include "app/tray/look/SearchProxy.h"

#include <QAbstractTableModel>
#include <QGuiApplication>
#include <QPalette>
#include <functional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace keybearer {

// A table of what the broker told, one record a row, that follows a list: rows that are new come to the end,
// those that are gone go, those that differ change, and all others stay as they are, with their selection.
// The order of the rows is that of their coming; tables sort. A list that has hardly anything in common with
// the rows makes the table anew. Owned by its page; GUI thread.
template <typename Record>
class RecordTable : public QAbstractTableModel {
public:
    using Now = std::function<QDateTime()>;
    static constexpr int SortRole = Qt::UserRole;

    RecordTable(Now now, QObject* parent) : QAbstractTableModel(parent), now_(std::move(now)) {}

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override {
        return parent.isValid() ? 0 : static_cast<int>(rows_.size());
    }
    // Nothing if there is no such row.
    [[nodiscard]] const Record* at(int row) const {
        return row >= 0 && row < rowCount() ? &rows_[static_cast<std::size_t>(row)].record : nullptr;
    }
    [[nodiscard]] int rowOf(const std::string& id) const { // -1: none
        const auto found = places_.find(id);
        return found == places_.end() ? -1 : found->second;
    }
    [[nodiscard]] const Record* find(const std::string& id) const { return at(rowOf(id)); }
    // Whether the rows are what the broker says now; else they are shown as old.
    void setCurrent(bool isCurrent) {
        if (std::exchange(isCurrent_, isCurrent) != isCurrent)
            touchAll();
    }
    [[nodiscard]] bool isCurrent() const { return isCurrent_; }
    // Something that all rows name is called otherwise now.
    void touchAll() {
        for (Row& row : rows_)
            row.search.clear();
        if (!rows_.empty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    }

protected:
    [[nodiscard]] virtual std::string idOf(const Record& record) const = 0;
    // What a search looks at, columns and hidden facts alike.
    [[nodiscard]] virtual QString searchText(const Record& record) const = 0;

    [[nodiscard]] QDateTime now() const { return now_(); }

    // What is as long as somebody outside likes does not push the other columns off the screen; all of it
    // stands in the details.
    [[nodiscard]] static QString inCell(const QString& text) {
        constexpr qsizetype longest = 40;
        return text.size() <= longest ? text : text.left(longest - 1) + u'\u2026';
    }
    [[nodiscard]] QVariant foundText(int row) const {
        const Row& held = rows_[static_cast<std::size_t>(row)];
        if (held.search.isEmpty())
            held.search = foldedForSearch(searchText(held.record));
        return held.search;
    }
    [[nodiscard]] QVariant foreground() const {
        return isCurrent_ ? QVariant()
                          : QVariant(QGuiApplication::palette().brush(QPalette::Disabled, QPalette::Text));
    }

    void follow(const std::vector<Record>& fresh) {
        std::unordered_map<std::string, const Record*> wanted;
        wanted.reserve(fresh.size());
        for (const Record& record : fresh)
            wanted.emplace(idOf(record), &record);
        removeOthers(wanted);
        changeRows(wanted);
        append(fresh, wanted);
    }

private:
    struct Row {
        Record record;
        mutable QString search; // folded; empty: not looked at yet
    };
    using Wanted = std::unordered_map<std::string, const Record*>;
    static constexpr int mostSteps = 64; // of single changes; more are told as one

    void removeOthers(const Wanted& wanted) {
        int ranges = 0;
        for (int last = rowCount() - 1; last >= 0; --last) {
            if (wanted.contains(idOf(*at(last))))
                continue;
            int first = last;
            while (first > 0 && !wanted.contains(idOf(*at(first - 1))))
                --first;
            if (++ranges > mostSteps)
                return makeAnew(wanted);
            beginRemoveRows({}, first, last);
            rows_.erase(rows_.begin() + first, rows_.begin() + last + 1);
            number();
            endRemoveRows();
            last = first;
        }
    }
    void makeAnew(const Wanted& wanted) {
        beginResetModel();
        std::erase_if(rows_, [&](const Row& row) { return !wanted.contains(idOf(row.record)); });
        number();
        endResetModel();
    }
    void changeRows(const Wanted& wanted) {
        std::vector<int> changed;
        for (int row = 0; row < rowCount(); ++row) {
            Row& held = rows_[static_cast<std::size_t>(row)];
            const Record& now = *wanted.at(idOf(held.record));
            if (now == held.record)
                continue;
            held = {now, {}};
            changed.push_back(row);
        }
        if (changed.size() > mostSteps)
            changed = {changed.front(), changed.back()};
        else if (!changed.empty())
            return tellEach(changed);
        if (!changed.empty())
            Q_EMIT dataChanged(index(changed.front(), 0), index(changed.back(), columnCount() - 1));
    }
    void tellEach(const std::vector<int>& changed) {
        for (const int row : changed)
            Q_EMIT dataChanged(index(row, 0), index(row, columnCount() - 1));
    }
    void append(const std::vector<Record>& fresh, const Wanted& wanted) {
        std::vector<Row> added;
        for (const Record& record : fresh) {
            const std::string id = idOf(record);
            if (wanted.at(id) == &record && !places_.contains(id))
                added.push_back({record, {}});
        }
        if (added.empty())
            return;
        beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(added.size()) - 1);
        for (Row& row : added)
            rows_.push_back(std::move(row));
        number();
        endInsertRows();
    }
    void number() {
        places_.clear();
        for (std::size_t row = 0; row < rows_.size(); ++row)
            places_.emplace(idOf(rows_[row].record), static_cast<int>(row));
    }

    Now now_;
    std::vector<Row> rows_;
    std::unordered_map<std::string, int> places_;
    bool isCurrent_ = true;
};

} // namespace keybearer
