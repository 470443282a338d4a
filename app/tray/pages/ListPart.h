#pragma once

#include "app/tray/look/PageParts.h"
#include "app/tray/look/Symbols.h"

#include <QWidget>

class QAbstractItemModel;
class QHBoxLayout;
class QPushButton;
class QSplitter;
class QStackedWidget;

namespace keybearer {

class FactsView;

// A table, everything about its selected row below it, and a line of buttons; or, while there are no rows, an
// invitation. Several pages have one or more of these. Owned by its page; GUI thread.
class ListPart final : public QWidget {
    Q_OBJECT
public:
    struct Names {
        const char* object; // for tests and programs
        QString accessible;
        QString details;
    };

    // `empty` becomes the part's.
    ListPart(QAbstractItemModel* model, int sortRole, int stretched, const Names& names, QWidget* empty,
             QWidget* parent = nullptr);
    Q_DISABLE_COPY_MOVE(ListPart)

    [[nodiscard]] const SortedTable& table() const { return table_; }
    [[nodiscard]] FactsView& facts() { return *facts_; }
    [[nodiscard]] int row() const { return selectedRow(table_); } // of the model; -1: none
    void selectRow(int row);                                      // of the model
    // In the line below: from the left side, then from the right one.
    [[nodiscard]] QPushButton* addButton(const QString& text, Symbol symbol, const char* name,
                                         bool atLeft = false);
    // What is shown above the table.
    void addAbove(QWidget* widget);
    // Says the times that are on the screen anew.
    void repaintRows();

Q_SIGNALS:
    // Another row is selected, or the rows are other ones.
    void selectionChanged();
    void activated();                     // Enter, or a double click
    void removeWanted();                  // the key Delete
    void menuWanted(const QPoint& place); // on the screen

private:
    void onRowsChanged();

    SortedTable table_;
    FactsView* facts_;
    QStackedWidget* stack_;
    QWidget* above_;
    QHBoxLayout* buttons_;
    int atLeft_ = 0;
};

} // namespace keybearer
