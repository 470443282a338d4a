#include "app/tray/look/Symbols.h"

#include "app/tray/look/DrawnIcon.h"

#include <QApplication>
#include <QDir>
#include <QPainter>
#include <QPalette>
#include <QSvgRenderer>
#include <gtest/gtest.h>
#include <set>

namespace keybearer {
namespace {

QImage imageOf(const QIcon& icon, int size, QIcon::Mode mode = QIcon::Normal) {
    return icon.pixmap(QSize(size, size), 1.0, mode).toImage().convertToFormat(QImage::Format_ARGB32);
}

// The pixels that are fully covered all have this colour; there are some.
bool isDrawnIn(const QImage& image, const QColor& colour) {
    bool some = false;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (qAlpha(image.pixel(x, y)) != 255)
                continue;
            some = true;
            if (image.pixel(x, y) != colour.rgb())
                return false;
        }
    }
    return some;
}

class Direction {
public:
    explicit Direction(Qt::LayoutDirection direction) { QGuiApplication::setLayoutDirection(direction); }
    Direction(const Direction&) = delete;
    Direction& operator=(const Direction&) = delete;
    ~Direction() { QGuiApplication::setLayoutDirection(Qt::LeftToRight); }
};

const std::set<std::string> presets{
    "asana",     "atlassian", "auth0",  "bitbucket", "box",     "cloudflare",  "discord",  "dropbox",
    "figma",     "github",    "gitlab", "google",    "hubspot", "huggingface", "keycloak", "linear",
    "microsoft", "notion",    "okta",   "sentry",    "slack",   "stripe"};

TEST(SymbolsTest, EveryProviderThatWeKnowHasAGlyphOfItsOwn) {
    std::set<std::string> drawn;
    for (const QString& file : QDir(QStringLiteral(":/icons/providers")).entryList()) {
        if (!file.startsWith(QStringLiteral("generic-")))
            drawn.insert(file.chopped(4).toStdString());
    }
    EXPECT_EQ(drawn, presets);
    QList<QImage> seen;
    for (const std::string& name : presets) {
        for (const int size : {16, 64}) {
            const QImage image = imageOf(providerIcon(name), size);
            ASSERT_EQ(image.size(), QSize(size, size)) << name;
            EXPECT_FALSE(seen.contains(image)) << name;
            seen.append(image);
        }
    }
}

TEST(SymbolsTest, AProviderWithoutADrawingHasATileWithItsLetter) {
    const QImage acme = imageOf(providerIcon("acme"), 32);
    EXPECT_EQ(acme, imageOf(providerIcon("acme"), 32));
    EXPECT_NE(acme, imageOf(providerIcon("corp"), 32));
    EXPECT_NE(acme, imageOf(emblem(Emblem::Server), 32));
    EXPECT_EQ(qAlpha(acme.pixel(16, 2)), 255);
}

TEST(SymbolsTest, AnAddressAndAnythingThatIsNoShortNameIsAServer) {
    const QImage server = imageOf(emblem(Emblem::Server), 32);
    for (const std::string& name :
         {std::string(), std::string("https://mcp.example/mcp"), std::string("../symbols/lock"),
          std::string("GitHub"), std::string("\xe2\x80\xaegithub"), std::string("<b>github</b>"),
          std::string(10000, 'a'), std::string("git\0hub", 7)})
        EXPECT_EQ(imageOf(providerIcon(name), 32), server) << name.substr(0, 40);
}

TEST(SymbolsTest, NoProviderCanTakeATileThatMeansSomethingElse) {
    EXPECT_NE(imageOf(providerIcon("generic-key"), 32), imageOf(emblem(Emblem::Key), 32));
}

TEST(SymbolsTest, EveryEmblemIsAnother) {
    QList<QImage> seen;
    for (const Emblem kind : {Emblem::Server, Emblem::Key, Emblem::Robot, Emblem::Building, Emblem::Demo}) {
        seen.append(imageOf(emblem(kind), 24));
        EXPECT_EQ(seen.count(seen.back()), 1);
    }
    EXPECT_EQ(imageOf(providerIcon("demo"), 24), imageOf(emblem(Emblem::Demo), 24));
}

TEST(SymbolsTest, EverySymbolIsDrawnInTheColourOfThePalettesText) {
    QPalette palette;
    palette.setColor(QPalette::Active, QPalette::WindowText, QColor(10, 200, 30));
    QList<QImage> seen;
    for (int i = 0; i <= static_cast<int>(Symbol::Program); ++i) {
        const QImage image = imageOf(symbol(static_cast<Symbol>(i), palette), 32);
        EXPECT_TRUE(isDrawnIn(image, QColor(10, 200, 30))) << i;
        EXPECT_FALSE(seen.contains(image)) << i;
        seen.append(image);
    }
}

TEST(SymbolsTest, ASymbolWithoutAPaletteFollowsTheApplicationsOne) {
    const QPalette before = QGuiApplication::palette();
    const QIcon icon = symbol(Symbol::Settings);
    for (const QColor& colour : {QColor(255, 255, 255), QColor(20, 20, 20)}) {
        QPalette palette = before;
        palette.setColor(QPalette::Active, QPalette::WindowText, colour);
        QApplication::setPalette(palette);
        EXPECT_TRUE(isDrawnIn(imageOf(icon, 16 * 3), colour));
    }
    QApplication::setPalette(before);
}

TEST(SymbolsTest, ASymbolHasAColourOfItsOwnWhenDisabledAndWhenSelected) {
    const QIcon icon = symbol(Symbol::Play, QPalette(QColor(240, 240, 240)));
    EXPECT_NE(imageOf(icon, 32), imageOf(icon, 32, QIcon::Disabled));
    EXPECT_NE(imageOf(icon, 32), imageOf(icon, 32, QIcon::Selected));
    EXPECT_TRUE(isDrawnIn(imageOf(symbol(Symbol::Play, QColor(1, 2, 3)), 32), QColor(1, 2, 3)));
}

TEST(SymbolsTest, WhatPointsSomewhereIsMirroredWithTheWriting) {
    for (const Symbol kind : {Symbol::Undo, Symbol::Back, Symbol::Forward, Symbol::External}) {
        const QImage leftToRight = imageOf(symbol(kind), 32);
        const Direction direction(Qt::RightToLeft);
        EXPECT_EQ(imageOf(symbol(kind), 32), leftToRight.mirrored(true, false));
    }
    for (const Symbol kind : {Symbol::Play, Symbol::Search, Symbol::Check}) {
        const QImage leftToRight = imageOf(symbol(kind), 32);
        const Direction direction(Qt::RightToLeft);
        EXPECT_EQ(imageOf(symbol(kind), 32), leftToRight);
    }
}

TEST(SymbolsTest, OnAScreenOfTwoPixelsAPointTheDrawingHasTwiceThePixels) {
    const QPixmap pixmap = providerIcon("github").pixmap(QSize(16, 16), 2.0);
    EXPECT_EQ(pixmap.size(), QSize(32, 32));
    EXPECT_EQ(pixmap.devicePixelRatio(), 2.0);
    EXPECT_EQ(pixmap.toImage(), providerIcon("github").pixmap(QSize(32, 32), 1.0).toImage().copy());
}

TEST(SymbolsTest, PaintedIntoARectangleThatIsNoSquareItKeepsItsShapeInTheMiddle) {
    QImage image(64, 32, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    providerIcon("github").paint(&painter, QRect(0, 0, 64, 32));
    painter.end();
    EXPECT_EQ(qAlpha(image.pixel(8, 16)), 0);
    EXPECT_EQ(qAlpha(image.pixel(32, 2)), 255);
    EXPECT_EQ(qAlpha(image.pixel(56, 16)), 0);
}

TEST(SymbolsTest, AskedForAnAbsurdSizeItStaysSmall) {
    EXPECT_LE(providerIcon("github").pixmap(QSize(100000, 100000), 1.0).width(), 1024);
    EXPECT_TRUE(providerIcon("github").pixmap(QSize(0, 0), 1.0).isNull());
}

TEST(SymbolsTest, EveryDrawingIsOneThatTheRendererUnderstands) {
    int files = 0;
    for (const char* folder : {"providers", "symbols"}) {
        const QDir directory(QStringLiteral(":/icons/%1").arg(QLatin1String(folder)));
        for (const QString& file : directory.entryList()) {
            QSvgRenderer drawing(directory.filePath(file));
            EXPECT_TRUE(drawing.isValid()) << file.toStdString();
            EXPECT_EQ(drawing.viewBox(), QRect(0, 0, 16, 16)) << file.toStdString();
            ++files;
        }
    }
    EXPECT_GT(files, 50);
}

} // namespace
} // namespace keybearer
