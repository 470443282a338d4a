#include "app/tray/window/NavigationList.h"

#include "app/tray/look/Spacing.h"

#include <QScrollBar>
#include <algorithm>

namespace keybearer {

namespace {
constexpr int leastCharacters = 18; // a list that is as narrow as "Health" looks like a mistake
} // namespace

NavigationList::NavigationList(QWidget* parent) : QListWidget(parent) {
    setObjectName(QStringLiteral("navigation"));
    setAccessibleName(tr("Pages"));
    setFrameShape(QFrame::NoFrame);
    setIconSize(QSize(spacing::smallIcon, spacing::smallIcon));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setUniformItemSizes(true);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    viewport()->setBackgroundRole(QPalette::Window);
    viewport()->setAutoFillBackground(true);
}

void NavigationList::setEntry(int row, const Entry& entry) {
    while (count() <= row) {
        auto* added = new QListWidgetItem(this);
        added->setSizeHint(QSize(0, fontMetrics().height() + 2 * spacing::small));
    }
    QListWidgetItem* line = item(row);
    if (line->isHidden() == entry.isOffered)
        line->setHidden(!entry.isOffered && row != currentRow()); // what is open does not vanish
    QString text = entry.title;
    QString spoken = entry.title;
    if (entry.found >= 0) {
        text = tr("%1 (%2)", "page, how many were found on it").arg(entry.title).arg(entry.found);
        spoken = tr("%1, %n found", nullptr, entry.found).arg(entry.title);
    } else if (entry.waiting > 0) {
        text = tr("%1 (%2)", "page, how many things wait there").arg(entry.title).arg(entry.waiting);
        spoken = tr("%1, %n waiting for you", nullptr, entry.waiting).arg(entry.title);
    }
    QFont font = this->font();
    font.setBold(entry.found < 0 && entry.waiting > 0);
    line->setFont(font);
    line->setIcon(entry.icon);
    if (line->text() != text) {
        line->setText(text);
        updateGeometry();
    }
    line->setData(Qt::AccessibleTextRole, spoken);
}

QSize NavigationList::sizeHint() const {
    int width = fontMetrics().averageCharWidth() * leastCharacters;
    for (int row = 0; row < count(); ++row) {
        const QFontMetrics metrics(item(row)->font());
        width = std::max(width, metrics.horizontalAdvance(item(row)->text()));
    }
    const int bar = verticalScrollBar()->isVisible() ? verticalScrollBar()->width() : 0;
    return {width + spacing::smallIcon + 4 * spacing::small + bar, QListWidget::sizeHint().height()};
}

QSize NavigationList::minimumSizeHint() const {
    return {sizeHint().width(), fontMetrics().height() * 4};
}

} // namespace keybearer
