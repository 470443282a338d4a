#include "app/tray/look/Tones.h"

#include <QPalette>

namespace keybearer {

namespace {

struct Pair {
    QRgb onLight;
    QRgb onDark;
};

// Each column has one luminance: 0.115 on light, 0.42 on dark.
constexpr Pair colours(Tone tone) {
    switch (tone) {
    case Tone::Good:
        return {0xff1b6d3f, 0xff31c572};
    case Tone::News:
        return {0xff1a5db6, 0xff82b0ed};
    case Tone::Attention:
        return {0xff904f04, 0xfff4982f};
    case Tone::Problem:
        return {0xffb42b26, 0xffe99896};
    case Tone::Quiet:
        break;
    }
    return {0xff59606a, 0xffa8aeb6};
}

} // namespace

QColor toneColour(Tone tone, const QPalette& palette) {
    const bool dark =
        palette.color(QPalette::WindowText).lightness() > palette.color(QPalette::Window).lightness();
    const Pair pair = colours(tone);
    return QColor::fromRgb(dark ? pair.onDark : pair.onLight);
}

} // namespace keybearer
