#pragma once

#include <QObject>
#include <QPalette>

namespace keybearer {

// Relative contrast of WCAG 2.1, from 1 (none) to 21.
[[nodiscard]] double contrastOf(const QColor& one, const QColor& other);

// The palette with those of its pairs mended that some styles leave below 4.5:1: selected rows (Fusion's
// white on light blue has 3.7) and the hints in empty fields. The rest stays the desktop's.
[[nodiscard]] QPalette legible(QPalette palette);

// Keeps the application's palette legible, also when the desktop changes it. Lives as long as the
// application; GUI thread.
class LegiblePalette final : public QObject {
    Q_OBJECT
public:
    explicit LegiblePalette(QObject* parent = nullptr);
    Q_DISABLE_COPY_MOVE(LegiblePalette)

    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void apply();

    bool applying_ = false; // our own change is announced like any other
};

} // namespace keybearer
