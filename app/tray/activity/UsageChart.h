#pragma once

#include "app/tray/activity/Usage.h"

#include <QWidget>

namespace keybearer {

// Bars with a caption, drawn in colours that read on light and dark: upright ones for days, lying ones with
// their names for programs. What was refused stands out by its hatching, not by its colour. Arrow keys walk
// from bar to bar; the caption, the tool tip and what a screen reader hears say its figures. GUI thread.
class UsageChart final : public QWidget {
    Q_OBJECT
public:
    UsageChart(Qt::Orientation bars, const QString& title, QWidget* parent = nullptr);

    void present(const std::vector<Usage::Bar>& bars);
    // The bar that is looked at; -1: none.
    [[nodiscard]] int current() const { return current_; }
    // "21 November: 12 given, 1 refused".
    [[nodiscard]] QString words(int bar) const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    // A bar was chosen, by a double click or the Enter key.
    void chosen(int bar);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

private:
    void setCurrent(int bar);
    void describe();
    [[nodiscard]] QRect plot() const;
    // The place of a bar with its name and whatever room it could grow into.
    [[nodiscard]] QRect slot(int bar) const;
    [[nodiscard]] int barAt(const QPoint& point) const;
    [[nodiscard]] int nameWidth() const;
    void paintCaption(QPainter& painter) const;
    void paintBar(QPainter& painter, int bar) const;
    void paintNames(QPainter& painter) const;

    const Qt::Orientation orientation_;
    const QString title_;
    std::vector<Usage::Bar> bars_;
    qint64 most_ = 0;
    int current_ = -1;
};

} // namespace keybearer
