#pragma once

#include <QSortFilterProxyModel>
#include <QStringList>
#include <functional>

namespace keybearer {

// As texts are compared in a search: without accents, without the difference between capitals and small
// letters.
[[nodiscard]] QString foldedForSearch(const QString& text);

// Lets through the rows that hold every word that is searched for, in any column or in what the model says
// besides (an issuer, a path). A model with a role of its own for that answers a folded text for column 0 in
// `SearchRole`; of another one the texts of all columns are looked at. Owned by its table; GUI thread.
class SearchProxy final : public QSortFilterProxyModel {
    Q_OBJECT
public:
    static constexpr int SearchRole = Qt::UserRole + 100;

    using Keep = std::function<bool(int row)>; // of the source model

    using QSortFilterProxyModel::QSortFilterProxyModel;

    // A filter besides the search; empty: none.
    void setKeep(Keep keep);
    void setSearch(const QString& text);
    [[nodiscard]] bool isSearching() const { return !words_.isEmpty(); }

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    // Equal rows keep the order of the model, also after a search has taken some of them away and back.
    [[nodiscard]] bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    [[nodiscard]] QString textOf(int row, const QModelIndex& parent) const;

    Keep keep_;
    QStringList words_; // folded
};

} // namespace keybearer
