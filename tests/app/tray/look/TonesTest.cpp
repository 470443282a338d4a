#include "app/tray/look/Tones.h"

#include <QPalette>
#include <cmath>
#include <gtest/gtest.h>

namespace keybearer {
namespace {

double linear(double part) {
    return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& colour) {
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
           0.0722 * linear(colour.blueF());
}

double contrast(const QColor& one, const QColor& other) {
    const double a = luminance(one);
    const double b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

TEST(TonesTest, EveryToneReadsOnEveryGroundOfItsPalette) {
    for (const int ground : {0xff, 0xef, 0xe0, 0x3d, 0x35, 0x2d, 0x1e}) {
        const QColor colour(ground, ground, ground);
        for (const Tone tone : {Tone::Good, Tone::News, Tone::Attention, Tone::Problem, Tone::Quiet})
            EXPECT_GE(contrast(toneColour(tone, QPalette(colour)), colour), 4.5)
                << ground << " " << static_cast<int>(tone);
    }
}

} // namespace
} // namespace keybearer
