#include "app/tray/pages/ListPart.h"

#include "app/tray/look/FactsView.h"
#include "app/tray/look/Spacing.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QShortcut>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace keybearer {

ListPart::ListPart(QAbstractItemModel* model, int sortRole, int stretched, const Names& names, QWidget* empty,
                   QWidget* parent)
    : QWidget(parent), table_(makeSortedTable(model, sortRole, stretched, names.accessible)),
      facts_(new FactsView(names.details)), stack_(new QStackedWidget), above_(new QWidget),
      buttons_(new QHBoxLayout) {
    table_.view->setObjectName(QLatin1String(names.object));
    table_.view->setIconSize(QSize(spacing::rowIcon, spacing::rowIcon));
    table_.view->setContextMenuPolicy(Qt::CustomContextMenu);
    facts_->setObjectName(QLatin1String(names.object) + QStringLiteral("Details"));
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(table_.view);
    splitter->addWidget(facts_);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    above_->setLayout(new QVBoxLayout);
    above_->layout()->setContentsMargins(0, 0, 0, 0);
    buttons_->setSpacing(spacing::small);
    buttons_->addStretch();
    auto* page = new QWidget;
    auto* pageLayout = new QVBoxLayout(page);
    pageLayout->setContentsMargins(0, 0, 0, 0);
    pageLayout->setSpacing(spacing::small);
    pageLayout->addWidget(above_);
    pageLayout->addWidget(splitter, 1);
    pageLayout->addLayout(buttons_);
    stack_->addWidget(empty);
    stack_->addWidget(page);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(stack_);
    connect(table_.view->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &ListPart::selectionChanged);
    connect(table_.view, &QAbstractItemView::activated, this, &ListPart::activated);
    connect(table_.view, &QWidget::customContextMenuRequested, this,
            [this](const QPoint& place) { Q_EMIT menuWanted(table_.view->viewport()->mapToGlobal(place)); });
    auto* remove = new QShortcut(QKeySequence::Delete, table_.view, nullptr, nullptr, Qt::WidgetShortcut);
    connect(remove, &QShortcut::activated, this, &ListPart::removeWanted);
    connect(table_.proxy, &QAbstractItemModel::modelReset, this, &ListPart::onRowsChanged);
    connect(table_.proxy, &QAbstractItemModel::rowsInserted, this, &ListPart::onRowsChanged);
    connect(table_.proxy, &QAbstractItemModel::rowsRemoved, this, &ListPart::onRowsChanged);
    connect(table_.proxy, &QAbstractItemModel::dataChanged, this, &ListPart::selectionChanged);
    onRowsChanged();
}

void ListPart::onRowsChanged() {
    stack_->setCurrentIndex(table_.proxy->sourceModel()->rowCount() == 0 ? 0 : 1);
    if (selectedRow(table_) < 0 && table_.proxy->rowCount() > 0)
        table_.view->selectRow(0);
    Q_EMIT selectionChanged();
}

void ListPart::selectRow(int row) {
    if (row < 0)
        return;
    const QModelIndex place = table_.proxy->mapFromSource(table_.proxy->sourceModel()->index(row, 0));
    if (!place.isValid())
        return;
    table_.view->selectRow(place.row());
    table_.view->scrollTo(place);
}

QPushButton* ListPart::addButton(const QString& text, Symbol symbol, const char* name, bool atLeft) {
    auto* button = new QPushButton(keybearer::symbol(symbol), text);
    button->setObjectName(QLatin1String(name));
    if (atLeft)
        buttons_->insertWidget(atLeft_++, button);
    else
        buttons_->addWidget(button);
    return button;
}

void ListPart::addAbove(QWidget* widget) {
    above_->layout()->addWidget(widget);
}

void ListPart::repaintRows() {
    table_.view->viewport()->update();
}

} // namespace keybearer
