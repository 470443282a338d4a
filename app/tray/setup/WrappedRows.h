#pragma once

#include <QStyledItemDelegate>

class QTreeView;

namespace keybearer {

// Rows as high as their texts need at the width that each column has at the moment, with some air; a row
// whose first column spans all others has the whole width. Some styles pale a list that has not the focus
// until it is hard to read; this does not let them. A child of the view that it serves.
class WrappedRows final : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit WrappedRows(QTreeView* view);
    Q_DISABLE_COPY_MOVE(WrappedRows)

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;

private:
    [[nodiscard]] int widthFor(const QModelIndex& index) const;

    QTreeView* view_;
};

} // namespace keybearer
