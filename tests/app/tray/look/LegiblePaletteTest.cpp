#include "app/tray/look/LegiblePalette.h"

#include <QApplication>
#include <gtest/gtest.h>

namespace keybearer {
namespace {

constexpr double least = 4.5;

QPalette paletteOf(const QColor& selection, const QColor& selected, const QColor& text, const QColor& base) {
    QPalette palette;
    palette.setColor(QPalette::Highlight, selection);
    palette.setColor(QPalette::HighlightedText, selected);
    palette.setColor(QPalette::Text, text);
    palette.setColor(QPalette::Base, base);
    QColor hint = text;
    hint.setAlpha(96);
    palette.setColor(QPalette::PlaceholderText, hint);
    return palette;
}

TEST(LegiblePaletteTest, contrastIsThatOfWcag) {
    EXPECT_NEAR(contrastOf(Qt::black, Qt::white), 21.0, 0.01);
    EXPECT_NEAR(contrastOf(Qt::white, QColor(0x76, 0x76, 0x76)), 4.54, 0.01);
    EXPECT_NEAR(contrastOf(Qt::red, Qt::red), 1.0, 0.001);
}

TEST(LegiblePaletteTest, selectedRowsAndHintsCanBeReadOnLightAndDark) {
    const QPalette light = paletteOf(QColor(0x30, 0x8c, 0xc6), Qt::white, Qt::black, Qt::white);
    const QPalette dark =
        paletteOf(QColor(0x20, 0x60, 0xa0), QColor(0x90, 0x90, 0x90), Qt::white, QColor(0x2d, 0x2d, 0x2d));
    for (const QPalette& before : {light, dark}) {
        ASSERT_LT(contrastOf(before.color(QPalette::Highlight), before.color(QPalette::HighlightedText)),
                  least);
        const QPalette palette = legible(before);
        for (const QPalette::ColorGroup group : {QPalette::Active, QPalette::Inactive}) {
            EXPECT_GE(contrastOf(palette.color(group, QPalette::Highlight),
                                 palette.color(group, QPalette::HighlightedText)),
                      least);
            EXPECT_GE(contrastOf(palette.color(group, QPalette::PlaceholderText),
                                 palette.color(group, QPalette::Base)),
                      least);
        }
    }
}

TEST(LegiblePaletteTest, whatIsLegibleStaysAsItIs) {
    QPalette palette = paletteOf(QColor(0x10, 0x40, 0x80), Qt::white, Qt::black, Qt::white);
    palette.setColor(QPalette::PlaceholderText, QColor(0x50, 0x50, 0x50));
    const QPalette after = legible(palette);
    EXPECT_EQ(after.color(QPalette::Highlight), palette.color(QPalette::Highlight));
    EXPECT_EQ(after.color(QPalette::PlaceholderText), palette.color(QPalette::PlaceholderText));
    EXPECT_EQ(after.color(QPalette::Button), palette.color(QPalette::Button));
}

TEST(LegiblePaletteTest, changesOfTheApplicationsPaletteAreMendedToo) {
    const QPalette before = QApplication::palette();
    {
        const LegiblePalette keeper;
        EXPECT_GE(contrastOf(QApplication::palette().color(QPalette::Highlight),
                             QApplication::palette().color(QPalette::HighlightedText)),
                  least);
        QPalette::ResolveMask mask = QApplication::palette().resolveMask();
        EXPECT_NE(mask, 0U);
        QApplication::setPalette(QPalette());
        EXPECT_GE(contrastOf(QApplication::palette().color(QPalette::Highlight),
                             QApplication::palette().color(QPalette::HighlightedText)),
                  least);
    }
    QApplication::setPalette(before);
}

} // namespace
} // namespace keybearer
