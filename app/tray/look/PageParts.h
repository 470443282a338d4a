#pragma once

#include <QWidget>

class QLabel;
class QPushButton;
class QTableView;
class QAbstractItemModel;
class QSortFilterProxyModel;

namespace keybearer {

class SearchProxy;

// What a page shows while its table is empty: a picture, a friendly sentence, and perhaps a button.
class EmptyPage final : public QWidget {
    Q_OBJECT
public:
    EmptyPage(const QString& heading, const QString& text, QPushButton* call, QWidget* parent = nullptr);
};

// Wraps the label's text at about so many characters and makes room for all of its lines; to be called again
// when the text has changed. Layouts inside layouts cut wrapped labels off otherwise.
void wrapAt(QLabel& label, int characters);

// A sortable table of whole rows, with the habits that both pages share: no grid, Tab leaves it, the column
// `stretched` takes what room is left. The proxy in between belongs to the table.
struct SortedTable {
    QTableView* view;
    QSortFilterProxyModel* proxy;
};
[[nodiscard]] SortedTable makeSortedTable(QAbstractItemModel* model, int sortRole, int stretched,
                                          const QString& name);
// The proxy in between, of a table that makeSortedTable() has made.
[[nodiscard]] SearchProxy& searchOf(const SortedTable& table);
// The row of the source model that is selected; -1: none.
[[nodiscard]] int selectedRow(const SortedTable& table);
// By which column it is sorted, and how; a state that it did not write is left alone.
[[nodiscard]] QByteArray tableState(const SortedTable& table);
void restoreTableState(const SortedTable& table, const QByteArray& state);

} // namespace keybearer
