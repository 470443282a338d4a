#include "app/tray/look/LegiblePalette.h"

#include <QApplication>
#include <QEvent>
#include <algorithm>
#include <cmath>

namespace keybearer {

namespace {

constexpr double leastContrast = 4.6;    // WCAG asks for 4.5; colours are rounded on their way to the screen
constexpr double leastOnHighlight = 5.5; // Fusion paints the ground of the focus over the text of its cell
constexpr int mostSteps = 60;
constexpr int step = 104; // per cent, of QColor::darker() and lighter()

double luminance(const QColor& colour) {
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    const QColor rgb = colour.toRgb();
    return 0.2126 * linear(rgb.redF()) + 0.7152 * linear(rgb.greenF()) + 0.0722 * linear(rgb.blueF());
}

QColor mixed(const QColor& ink, const QColor& ground, double share) {
    const auto part = [&](float a, float b) {
        return static_cast<float>(share * static_cast<double>(a) + (1 - share) * static_cast<double>(b));
    };
    return QColor::fromRgbF(part(ink.redF(), ground.redF()), part(ink.greenF(), ground.greenF()),
                            part(ink.blueF(), ground.blueF()));
}

QColor legibleGround(QColor ground, const QColor& ink) {
    const bool darken = luminance(ink) > luminance(ground);
    for (int i = 0; i < mostSteps && contrastOf(ground, ink) < leastOnHighlight; ++i)
        ground = darken ? ground.darker(step) : ground.lighter(step);
    return ground;
}

// As faint as it may be.
QColor legibleHint(const QColor& hint, const QColor& ink, const QColor& ground) {
    QColor opaque = mixed(hint, ground, static_cast<double>(hint.alphaF()));
    for (int percent = 50; percent < 100 && contrastOf(opaque, ground) < leastContrast; percent += 2)
        opaque = mixed(ink, ground, percent / 100.0);
    return opaque;
}

} // namespace

double contrastOf(const QColor& one, const QColor& other) {
    const double a = luminance(one);
    const double b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

QPalette legible(QPalette palette) {
    for (const QPalette::ColorGroup group : {QPalette::Active, QPalette::Inactive}) {
        const QColor selected = palette.color(group, QPalette::HighlightedText);
        const QColor text = palette.color(group, QPalette::Text);
        const QColor base = palette.color(group, QPalette::Base);
        palette.setColor(group, QPalette::Highlight,
                         legibleGround(palette.color(group, QPalette::Highlight), selected));
        palette.setColor(group, QPalette::PlaceholderText,
                         legibleHint(palette.color(group, QPalette::PlaceholderText), text, base));
    }
    return palette;
}

LegiblePalette::LegiblePalette(QObject* parent) : QObject(parent) {
    qApp->installEventFilter(this);
    apply();
}

void LegiblePalette::apply() {
    applying_ = true;
    QApplication::setPalette(QPalette()); // the desktop's own again
    const QPalette mended = legible(QApplication::palette());
    QPalette ours; // only what is ours: everything else goes on following the desktop
    for (const QPalette::ColorGroup group : {QPalette::Active, QPalette::Inactive})
        for (const QPalette::ColorRole role : {QPalette::Highlight, QPalette::PlaceholderText})
            ours.setColor(group, role, mended.color(group, role));
    QApplication::setPalette(ours);
    applying_ = false;
}

bool LegiblePalette::eventFilter(QObject* watched, QEvent* event) {
    if (watched == qApp && event->type() == QEvent::ApplicationPaletteChange && !applying_)
        apply();
    return QObject::eventFilter(watched, event);
}

} // namespace keybearer
