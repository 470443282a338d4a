#include "CutText.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QComboBox>
#include <QGroupBox>
#include <QHeaderView>
#include <QLabel>
#include <QLayout>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QStyle>
#include <QStyleOptionComboBox>
#include <QTabBar>
#include <QTableView>
#include <QToolButton>

namespace keybearer::test {

namespace {

constexpr int tolerance = 1;     // pixels: roundings of scaled fonts
constexpr int mostRows = 40;     // of a table that are looked at
constexpr int longestQuote = 70; // characters of a text in a fault
constexpr int fieldMargins = 8;  // of a line edit, left and right of its text

QString quote(QString text) {
    text.replace(u'\n', u' ');
    return u'"' + (text.size() > longestQuote ? text.left(longestQuote) + QStringLiteral("...") : text) +
           u'"';
}

QString fault(const QWidget& widget, const QString& text, const char* what) {
    return QString::fromLatin1(widget.metaObject()->className()) + u' ' + widget.objectName() + u' ' +
           quote(text) + QStringLiteral(": ") + QString::fromLatin1(what);
}

QString withoutMnemonic(QString text) {
    return text.replace(QStringLiteral("&&"), QStringLiteral("\u0001")).remove(u'&').replace(u'\u0001', u'&');
}

int widthOf(const QWidget& widget, const QString& text) {
    return widget.fontMetrics().size(Qt::TextSingleLine, text).width();
}

void lookAtLabel(const QLabel& label, QStringList& found) {
    if (label.text().isEmpty())
        return;
    const int margins = 2 * label.margin() + std::max(label.indent(), 0);
    const QSize room = label.contentsRect().size() - QSize(margins, 2 * label.margin());
    const QSize needed = label.wordWrap() ? QSize(0, label.heightForWidth(label.width()))
                                          : label.sizeHint() - (label.size() - label.contentsRect().size());
    const int height = label.wordWrap() ? label.height() : room.height() + 2 * label.margin();
    if (needed.width() > room.width() + margins + tolerance && label.toolTip().isEmpty())
        found += fault(label, label.text(), "wider than its label");
    if (needed.height() > height + tolerance)
        found += fault(label, label.text(), "higher than its label");
}

void lookAtButton(const QAbstractButton& button, QStringList& found) {
    if (button.text().isEmpty())
        return;
    const auto* tool = qobject_cast<const QToolButton*>(&button);
    if (tool != nullptr && tool->toolButtonStyle() == Qt::ToolButtonIconOnly && !tool->icon().isNull())
        return;
    const QSize needed = button.fontMetrics().size(Qt::TextShowMnemonic, button.text());
    const int icon = button.icon().isNull() ? 0 : button.iconSize().width();
    if (needed.width() + icon > button.width() + tolerance)
        found += fault(button, button.text(), "wider than its button");
    if (needed.height() > button.height() + tolerance)
        found += fault(button, button.text(), "higher than its button");
}

void lookAtComboBox(const QComboBox& box, QStringList& found) {
    QStyleOptionComboBox option;
    option.initFrom(&box);
    option.editable = box.isEditable();
    const int room =
        box.style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, &box).width();
    if (widthOf(box, box.currentText()) > room + tolerance && box.toolTip().isEmpty())
        found += fault(box, box.currentText(), "wider than its box");
}

void lookAtField(const QLineEdit& field, QStringList& found) {
    if (field.text().isEmpty() &&
        widthOf(field, field.placeholderText()) > field.contentsRect().width() - fieldMargins + tolerance)
        found += fault(field, field.placeholderText(), "wider than its field");
}

void lookAtTabs(const QTabBar& bar, QStringList& found) {
    for (int i = 0; i < bar.count(); ++i)
        if (widthOf(bar, withoutMnemonic(bar.tabText(i))) > bar.tabRect(i).width() + tolerance)
            found += fault(bar, bar.tabText(i), "wider than its tab");
}

void lookAtHeader(const QHeaderView& header, QStringList& found) {
    if (header.model() == nullptr || header.orientation() != Qt::Horizontal)
        return;
    for (int i = 0; i < header.count(); ++i) {
        const QString text = header.model()->headerData(i, Qt::Horizontal).toString();
        const QString tip = header.model()->headerData(i, Qt::Horizontal, Qt::ToolTipRole).toString();
        const QFontMetrics metrics(header.font());
        if (!header.isSectionHidden(i) && tip.isEmpty() &&
            metrics.horizontalAdvance(text) > header.sectionSize(i) + tolerance)
            found += fault(header, text, "wider than its column");
    }
}

void lookAtRows(const QAbstractItemView& view, QStringList& found) {
    const QAbstractItemModel* model = view.model();
    if (model == nullptr)
        return;
    for (int row = 0; row < std::min(model->rowCount(view.rootIndex()), mostRows); ++row)
        for (int column = 0; column < model->columnCount(view.rootIndex()); ++column) {
            const QModelIndex index = model->index(row, column, view.rootIndex());
            const QRect place = view.visualRect(index);
            const QString text = index.data().toString();
            if (text.isEmpty() || place.isEmpty() || !view.viewport()->rect().intersects(place))
                continue;
            if (view.sizeHintForIndex(index).width() > place.width() + tolerance &&
                index.data(Qt::ToolTipRole).toString().isEmpty())
                found += fault(view, text, "elided, and no tool tip has the whole of it");
        }
}

void lookAt(const QWidget& widget, QStringList& found) {
    if (const auto* label = qobject_cast<const QLabel*>(&widget))
        lookAtLabel(*label, found);
    else if (const auto* button = qobject_cast<const QAbstractButton*>(&widget))
        lookAtButton(*button, found);
    else if (const auto* box = qobject_cast<const QComboBox*>(&widget))
        lookAtComboBox(*box, found);
    else if (const auto* field = qobject_cast<const QLineEdit*>(&widget))
        lookAtField(*field, found);
    else if (const auto* tabs = qobject_cast<const QTabBar*>(&widget))
        lookAtTabs(*tabs, found);
    else if (const auto* header = qobject_cast<const QHeaderView*>(&widget))
        lookAtHeader(*header, found);
    else if (const auto* view = qobject_cast<const QAbstractItemView*>(&widget))
        lookAtRows(*view, found);
    else if (const auto* group = qobject_cast<const QGroupBox*>(&widget))
        if (widthOf(*group, withoutMnemonic(group->title())) > group->width() + tolerance)
            found += fault(*group, group->title(), "wider than its group");
}

// What can be scrolled to is not cut off, except sideways where there is no bar.
void lookAtPlace(const QWidget& widget, QStringList& found) {
    const QWidget* inner = &widget;
    QRect place = widget.rect();
    for (const QWidget* outer = widget.parentWidget(); outer != nullptr && !inner->isWindow();
         inner = outer, outer = outer->parentWidget()) {
        const auto* area = qobject_cast<const QAbstractScrollArea*>(outer->parentWidget());
        place.moveTopLeft(inner->mapToParent(place.topLeft()));
        if (area != nullptr && area->viewport() == outer)
            return;
        if (place.right() > outer->width() - 1 + tolerance || place.left() < -tolerance ||
            place.bottom() > outer->height() - 1 + tolerance || place.top() < -tolerance) {
            found += fault(widget, widget.accessibleName(), "reaches out of what holds it");
            return;
        }
    }
}

void lookAtNeighbours(const QWidget& parent, QStringList& found) {
    QList<const QWidget*> placed;
    if (parent.layout() == nullptr)
        return;
    for (const QObject* child : parent.children()) {
        const auto* widget = qobject_cast<const QWidget*>(child);
        if (widget == nullptr || widget->isWindow() || !widget->isVisible() ||
            parent.layout()->indexOf(widget) < 0)
            continue;
        for (const QWidget* other : placed)
            if (other->geometry()
                    .adjusted(tolerance, tolerance, -tolerance, -tolerance)
                    .intersects(widget->geometry()))
                found += fault(*widget, widget->accessibleName(), "overlaps ") + quote(other->objectName());
        placed.append(widget);
    }
}

} // namespace

QStringList cutText(const QWidget& window) {
    QStringList found;
    for (const QWidget* widget : window.findChildren<QWidget*>()) {
        if (!widget->isVisible() || widget->window() != &window)
            continue;
        lookAt(*widget, found);
        if (qobject_cast<const QLabel*>(widget) != nullptr ||
            qobject_cast<const QAbstractButton*>(widget) != nullptr)
            lookAtPlace(*widget, found);
        lookAtNeighbours(*widget, found);
    }
    lookAtNeighbours(window, found);
    return found;
}

} // namespace keybearer::test
