#include "app/tray/look/PageParts.h"

#include "app/tray/look/Icons.h"
#include "app/tray/look/SearchProxy.h"

#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

namespace keybearer {

namespace {
constexpr int emptyIconSize = 64;
constexpr int emptyTextCharacters = 60;
constexpr int sampledRows = 30; // for the widths of columns: with thousands, looking at all takes seconds
constexpr int mostShare = 4;    // of the table's width: what one column may take for its contents

// No long account leaves the column that is stretched without room.
class SharedTable final : public QTableView {
public:
    using QTableView::QTableView;
    [[nodiscard]] int sizeHintForColumn(int column) const override {
        return std::min(QTableView::sizeHintForColumn(column), std::max(1, viewport()->width() / mostShare));
    }
};
} // namespace

EmptyPage::EmptyPage(const QString& heading, const QString& text, QPushButton* call, QWidget* parent)
    : QWidget(parent) {
    auto* picture = new QLabel;
    picture->setPixmap(applicationIcon().pixmap(emptyIconSize));
    auto* title = new QLabel(heading);
    QFont large = title->font();
    large.setBold(true);
    large.setPointSizeF(large.pointSizeF() * 1.3);
    title->setFont(large);
    auto* words = new QLabel(text);
    words->setAlignment(Qt::AlignHCenter);
    wrapAt(*words, emptyTextCharacters);
    auto* layout = new QVBoxLayout(this);
    layout->addStretch(2);
    layout->addWidget(picture, 0, Qt::AlignHCenter);
    layout->addSpacing(8);
    layout->addWidget(title, 0, Qt::AlignHCenter);
    layout->addWidget(words, 0, Qt::AlignHCenter);
    layout->addSpacing(8);
    if (call != nullptr)
        layout->addWidget(call, 0, Qt::AlignHCenter);
    layout->addStretch(3);
}

void wrapAt(QLabel& label, int characters) {
    label.setWordWrap(true);
    const int width = label.fontMetrics().averageCharWidth() * characters;
    label.setFixedSize(width, std::max(0, label.heightForWidth(width))); // -1: there is no text
}

SortedTable makeSortedTable(QAbstractItemModel* model, int sortRole, int stretched, const QString& name) {
    auto* view = new SharedTable;
    auto* proxy = new SearchProxy(view);
    proxy->setSourceModel(model);
    proxy->setSortRole(sortRole);
    proxy->setSortCaseSensitivity(Qt::CaseInsensitive);
    proxy->setSortLocaleAware(true);
    view->setModel(proxy);
    view->setAccessibleName(name);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setSelectionMode(QAbstractItemView::SingleSelection);
    view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view->setTabKeyNavigation(false);
    view->setShowGrid(false);
    view->setAlternatingRowColors(true);
    view->setWordWrap(false);
    view->verticalHeader()->hide();
    view->verticalHeader()->setDefaultSectionSize(view->fontMetrics().height() + 14);
    QHeaderView* header = view->horizontalHeader();
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    header->setResizeContentsPrecision(sampledRows);
    header->setSectionResizeMode(stretched, QHeaderView::Stretch);
    view->setSortingEnabled(true);
    view->sortByColumn(0, Qt::AscendingOrder);
    return {view, proxy};
}

SearchProxy& searchOf(const SortedTable& table) {
    return *qobject_cast<SearchProxy*>(table.proxy);
}

int selectedRow(const SortedTable& table) {
    const QModelIndexList rows = table.view->selectionModel()->selectedRows();
    return rows.isEmpty() ? -1 : table.proxy->mapToSource(rows.front()).row();
}

QByteArray tableState(const SortedTable& table) {
    const QHeaderView* header = table.view->horizontalHeader();
    return QByteArray::number(header->sortIndicatorSection()) +
           (header->sortIndicatorOrder() == Qt::AscendingOrder ? "a" : "d");
}

void restoreTableState(const SortedTable& table, const QByteArray& state) {
    bool isNumber = false;
    const int column = state.chopped(std::min<qsizetype>(1, state.size())).toInt(&isNumber);
    if (isNumber && column >= 0 && column < table.proxy->columnCount())
        table.view->sortByColumn(column, state.endsWith('d') ? Qt::DescendingOrder : Qt::AscendingOrder);
}

} // namespace keybearer
