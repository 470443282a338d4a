#include "app/tray/activity/UsageChart.h"

#include "app/tray/look/Spacing.h"
#include "app/tray/look/Tones.h"
#include "app/tray/look/Wording.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QStyle>
#include <QToolTip>
#include <algorithm>

namespace keybearer {

namespace {
constexpr int linesOfPlot = 4;     // of text, high
constexpr int charactersWide = 36; // at the least
constexpr int charactersOfName = 20;
constexpr int thinnestBar = 2;
constexpr double shareOfSlot = 0.7; // of a bar; the rest is air
constexpr int roundness = 2;

// Else a screen reader takes it for a box with nothing in it.
QAccessibleInterface* chartInterface(const QString&, QObject* object) {
    auto* chart = qobject_cast<UsageChart*>(object);
    return chart == nullptr ? nullptr : new QAccessibleWidget(chart, QAccessible::Chart);
}

void announceCharts() {
    static const bool once = [] {
        QAccessible::installFactory(chartInterface);
        return true;
    }();
    static_cast<void>(once);
}
} // namespace

UsageChart::UsageChart(Qt::Orientation bars, const QString& title, QWidget* parent)
    : QWidget(parent), orientation_(bars), title_(title) {
    announceCharts();
    setAccessibleName(title);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    describe();
}

void UsageChart::present(const std::vector<Usage::Bar>& bars) {
    bars_ = bars;
    most_ = 0;
    for (const Usage::Bar& bar : bars_)
        most_ = std::max(most_, bar.released + bar.refused);
    if (current_ >= static_cast<int>(bars_.size()))
        current_ = -1;
    describe();
    update();
}

QString UsageChart::words(int bar) const {
    if (bar < 0 || bar >= static_cast<int>(bars_.size()))
        return {};
    const Usage::Bar& each = bars_[static_cast<std::size_t>(bar)];
    const QLocale locale;
    if (each.refused == 0)
        return tr("%1: %2 given", "day or program, tokens given")
            .arg(each.name, locale.toString(each.released));
    return tr("%1: %2 given, %3 refused", "day or program, tokens given, tokens refused")
        .arg(each.name, locale.toString(each.released), locale.toString(each.refused));
}

// The whole chart as text, for who does not see it.
void UsageChart::describe() {
    QStringList lines;
    for (int bar = 0; bar < static_cast<int>(bars_.size()); ++bar) {
        const Usage::Bar& each = bars_[static_cast<std::size_t>(bar)];
        if (each.released + each.refused > 0)
            lines.append(words(bar));
    }
    setAccessibleDescription(lines.isEmpty() ? tr("Nothing was given or refused.") : lines.join(u'\n'));
}

QSize UsageChart::sizeHint() const {
    const int line = fontMetrics().height();
    return {fontMetrics().averageCharWidth() * charactersWide,
            line * (linesOfPlot + 2) + spacing::small + spacing::tight};
}

QSize UsageChart::minimumSizeHint() const {
    return sizeHint();
}

QRect UsageChart::plot() const {
    const int line = fontMetrics().height();
    const int below = orientation_ == Qt::Vertical ? line + spacing::tight : 0;
    return rect().adjusted(spacing::tight, line + spacing::small, -spacing::tight, -below - spacing::tight);
}

QRect UsageChart::slot(int bar) const {
    const QRect area = plot();
    const int count =
        std::max<int>(static_cast<int>(bars_.size()), orientation_ == Qt::Vertical ? 1 : linesOfPlot);
    if (orientation_ == Qt::Vertical) {
        const int left = area.left() + area.width() * bar / count;
        const int right = area.left() + area.width() * (bar + 1) / count;
        return QStyle::visualRect(layoutDirection(), area,
                                  QRect(left, area.top(), right - left, area.height()));
    }
    const int top = area.top() + area.height() * bar / count;
    const int bottom = area.top() + area.height() * (bar + 1) / count;
    return {area.left(), top, area.width(), bottom - top};
}

int UsageChart::barAt(const QPoint& point) const {
    for (int bar = 0; bar < static_cast<int>(bars_.size()); ++bar) {
        if (slot(bar).contains(point))
            return bar;
    }
    return -1;
}

int UsageChart::nameWidth() const {
    return std::min(fontMetrics().averageCharWidth() * charactersOfName, plot().width() / 2);
}

void UsageChart::paintCaption(QPainter& painter) const {
    const QRect line(spacing::tight, 0, width() - 2 * spacing::tight, fontMetrics().height());
    QFont bold = font();
    bold.setBold(true);
    painter.setFont(bold);
    painter.setPen(palette().color(QPalette::WindowText));
    const int start = static_cast<int>(Qt::AlignVCenter | Qt::AlignLeading);
    const int end = static_cast<int>(Qt::AlignVCenter | Qt::AlignTrailing);
    QStyle* look = style();
    look->drawItemText(&painter, line, start, palette(), true, title_);
    painter.setFont(font());
    const int used = QFontMetrics(bold).horizontalAdvance(title_) + spacing::medium;
    const QString told = fontMetrics().elidedText(words(current_), Qt::ElideMiddle, line.width() - used);
    look->drawItemText(&painter, line, end, palette(), true, told);
}

void UsageChart::paintBar(QPainter& painter, int bar) const {
    const Usage::Bar& each = bars_[static_cast<std::size_t>(bar)];
    const QRect place = slot(bar);
    const bool upright = orientation_ == Qt::Vertical;
    const int room = upright ? place.height() : place.width() - nameWidth() - spacing::small;
    const auto length = [&](qint64 value) {
        return most_ == 0 || value == 0 ? 0
                                        : std::max(thinnestBar, static_cast<int>(static_cast<double>(room) *
                                                                                 static_cast<double>(value) /
                                                                                 static_cast<double>(most_)));
    };
    const int thick =
        std::max(thinnestBar, static_cast<int>((upright ? place.width() : place.height()) * shareOfSlot));
    const int given = length(each.released);
    const int refused = std::min(length(each.refused), room - std::min(given, room));
    const auto piece = [&](int from, int size) {
        if (upright)
            return QRect(place.center().x() - thick / 2, place.bottom() - from - size, thick, size);
        const QRect along(place.left() + nameWidth() + spacing::small + from, place.center().y() - thick / 2,
                          size, thick);
        return QStyle::visualRect(layoutDirection(), place, along);
    };
    painter.setPen(Qt::NoPen);
    painter.setBrush(toneColour(Tone::News, palette()));
    if (given > 0)
        painter.drawRoundedRect(piece(0, given), roundness, roundness);
    painter.setBrush(QBrush(palette().color(QPalette::WindowText), Qt::BDiagPattern));
    painter.setPen(palette().color(QPalette::WindowText));
    if (refused > 0)
        painter.drawRect(piece(given, refused).adjusted(0, 0, -1, -1));
    if (bar == current_) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(
            QPen(palette().color(QPalette::WindowText), 1, hasFocus() ? Qt::SolidLine : Qt::DotLine));
        painter.drawRoundedRect(place.adjusted(0, 0, -1, 0), roundness, roundness);
    }
}

void UsageChart::paintNames(QPainter& painter) const {
    painter.setPen(palette().color(QPalette::WindowText));
    const int count = static_cast<int>(bars_.size());
    if (orientation_ == Qt::Horizontal) {
        for (int bar = 0; bar < count; ++bar) {
            QRect place = slot(bar);
            place.setWidth(nameWidth());
            place = QStyle::visualRect(layoutDirection(), slot(bar), place);
            painter.drawText(place,
                             static_cast<int>(Qt::AlignVCenter | Qt::AlignLeading) | Qt::TextSingleLine,
                             fontMetrics().elidedText(bars_[static_cast<std::size_t>(bar)].name,
                                                      Qt::ElideMiddle, place.width()));
        }
        return;
    }
    if (count == 0)
        return;
    const QRect area = plot();
    const QRect line(area.left(), area.bottom() + spacing::tight, area.width(), fontMetrics().height());
    painter.drawLine(area.bottomLeft(), area.bottomRight());
    style()->drawItemText(&painter, line, static_cast<int>(Qt::AlignLeading), palette(), true,
                          bars_.front().name);
    style()->drawItemText(&painter, line, static_cast<int>(Qt::AlignTrailing), palette(), true,
                          bars_.back().name);
}

void UsageChart::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintCaption(painter);
    if (most_ == 0) {
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(plot(), static_cast<int>(Qt::AlignCenter) | Qt::TextWordWrap,
                         tr("Nothing was given or refused."));
        return;
    }
    paintNames(painter);
    for (int bar = 0; bar < static_cast<int>(bars_.size()); ++bar)
        paintBar(painter, bar);
}

void UsageChart::setCurrent(int bar) {
    if (bar < 0 || bar >= static_cast<int>(bars_.size()) || bar == current_)
        return;
    current_ = bar;
    // A screen reader says it as the name changes: the whole table stays the description.
    setAccessibleName(tr("%1. %2", "title of a chart, what its current bar says").arg(title_, words(bar)));
    update();
}

void UsageChart::focusInEvent(QFocusEvent* event) {
    if (current_ < 0 && most_ > 0)
        setCurrent(orientation_ == Qt::Vertical ? static_cast<int>(bars_.size()) - 1 : 0);
    QWidget::focusInEvent(event);
}

void UsageChart::keyPressEvent(QKeyEvent* event) {
    const bool mirrored = layoutDirection() == Qt::RightToLeft && orientation_ == Qt::Vertical;
    const int last = static_cast<int>(bars_.size()) - 1;
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Up:
        return setCurrent(mirrored && event->key() == Qt::Key_Left ? current_ + 1 : current_ - 1);
    case Qt::Key_Right:
    case Qt::Key_Down:
        return setCurrent(mirrored && event->key() == Qt::Key_Right ? current_ - 1 : current_ + 1);
    case Qt::Key_Home:
        return setCurrent(0);
    case Qt::Key_End:
        return setCurrent(last);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (current_ >= 0)
            Q_EMIT chosen(current_);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void UsageChart::mousePressEvent(QMouseEvent* event) {
    setCurrent(barAt(event->position().toPoint()));
    QWidget::mousePressEvent(event);
}

void UsageChart::mouseDoubleClickEvent(QMouseEvent* event) {
    if (const int bar = barAt(event->position().toPoint()); bar >= 0)
        Q_EMIT chosen(bar);
}

bool UsageChart::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int bar = barAt(help->pos());
    if (bar < 0 || most_ == 0) {
        QToolTip::hideText();
        return true;
    }
    const QString detail = bars_[static_cast<std::size_t>(bar)].detail;
    QToolTip::showText(help->globalPos(), plainToolTip(words(bar) + u'\n' + detail), this, slot(bar));
    return true;
}

} // namespace keybearer
