#include "app/tray/look/SearchProxy.h"

#include <QRegularExpression>
#include <algorithm>

namespace keybearer {

namespace {
constexpr qsizetype mostWords = 16; // of one search; each is looked for in every row
} // namespace

QString foldedForSearch(const QString& text) {
    const QString apart = text.normalized(QString::NormalizationForm_KD);
    QString folded;
    folded.reserve(apart.size());
    for (const QChar letter : apart) {
        if (letter.category() != QChar::Mark_NonSpacing)
            folded.append(letter);
    }
    return folded.toCaseFolded();
}

void SearchProxy::setKeep(Keep keep) {
    keep_ = std::move(keep);
    invalidateFilter();
}

void SearchProxy::setSearch(const QString& text) {
    static const QRegularExpression space(QStringLiteral("\\s+"));
    QStringList words = foldedForSearch(text).split(space, Qt::SkipEmptyParts).mid(0, mostWords);
    if (words == words_)
        return;
    words_ = std::move(words);
    invalidateFilter();
}

bool SearchProxy::filterAcceptsRow(int row, const QModelIndex& parent) const {
    if (keep_ && !parent.isValid() && !keep_(row))
        return false;
    if (words_.isEmpty())
        return true;
    const QString text = textOf(row, parent);
    return std::all_of(words_.begin(), words_.end(),
                       [&](const QString& word) { return text.contains(word); });
}

bool SearchProxy::lessThan(const QModelIndex& left, const QModelIndex& right) const {
    if (QSortFilterProxyModel::lessThan(left, right))
        return true;
    return !QSortFilterProxyModel::lessThan(right, left) && left.row() < right.row();
}

QString SearchProxy::textOf(int row, const QModelIndex& parent) const {
    const QVariant prepared = sourceModel()->index(row, 0, parent).data(SearchRole);
    if (prepared.isValid())
        return prepared.toString();
    QString text;
    for (int column = 0; column < sourceModel()->columnCount(parent); ++column)
        text += sourceModel()->index(row, column, parent).data().toString() + u'\n';
    return foldedForSearch(text);
}

} // namespace keybearer
