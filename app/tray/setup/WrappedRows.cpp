#include "app/tray/setup/WrappedRows.h"

#include "app/tray/look/Spacing.h"

#include <QHeaderView>
#include <QStyle>
#include <QTreeView>
#include <algorithm>

namespace keybearer {

namespace {
constexpr int leastWidth = 40; // of text, while the columns have none yet
} // namespace

WrappedRows::WrappedRows(QTreeView* view) : QStyledItemDelegate(view), view_(view) {
    view_->setItemDelegate(this);
    view_->setWordWrap(true);
    view_->setUniformRowHeights(false);
    // Heights follow widths, and the view asks for them only when told to.
    connect(view_->header(), &QHeaderView::sectionResized, view_, &QTreeView::doItemsLayout,
            Qt::QueuedConnection);
}

int WrappedRows::widthFor(const QModelIndex& index) const {
    int width = view_->columnWidth(index.column());
    if (view_->isFirstColumnSpanned(index.row(), index.parent()))
        width = view_->viewport()->width();
    if (index.column() == 0 && index.parent().isValid())
        width -= view_->indentation();
    if (index.data(Qt::DecorationRole).isValid())
        width -= view_->iconSize().width() + spacing::small;
    if (index.data(Qt::CheckStateRole).isValid())
        width -= view_->style()->pixelMetric(QStyle::PM_IndicatorWidth) + spacing::small;
    return std::max(leastWidth, width - spacing::medium);
}

void WrappedRows::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const {
    QStyledItemDelegate::initStyleOption(option, index);
    option->state |= QStyle::State_Active;
    option->palette.setCurrentColorGroup(QPalette::Active);
}

QSize WrappedRows::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    QStyleOptionViewItem whole = option;
    initStyleOption(&whole, index);
    const QRect text = whole.fontMetrics.boundingRect(QRect(0, 0, widthFor(index), INT_MAX / 2),
                                                      Qt::AlignLeft | Qt::TextWordWrap, whole.text);
    const QSize usual = QStyledItemDelegate::sizeHint(option, index);
    const int height = std::max({text.height(), whole.decorationSize.height(), whole.fontMetrics.height()});
    return {usual.width(), height + spacing::small};
}

} // namespace keybearer
