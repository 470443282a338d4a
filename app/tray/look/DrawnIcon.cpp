#include "app/tray/look/DrawnIcon.h"

#include <QFont>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QSvgRenderer>
#include <algorithm>

namespace keybearer {

namespace {

constexpr double paleness = 0.4;    // of a tile that is disabled
constexpr double letterPart = 0.62; // of a tile's height
constexpr double cornerPart = 0.22; // the same corners as in the drawings
// Nobody shows an icon larger; a caller's slip must not ask for a gigabyte.
constexpr int largestSide = 1024;

QSize bounded(const QSize& size) {
    return size.boundedTo({largestSide, largestSide});
}

// What both kinds share: made once for each size and look, kept in QPixmapCache, drawn into the middle.
class CachedEngine : public QIconEngine {
public:
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State /*state*/) override {
        const QSize real = bounded(size);
        if (real.isEmpty())
            return {};
        const QString key =
            QStringLiteral("keybearer/%1/%2x%3").arg(look(mode)).arg(real.width()).arg(real.height());
        QPixmap made;
        if (QPixmapCache::find(key, &made))
            return made;
        made = QPixmap(real);
        made.fill(Qt::transparent);
        QPainter painter(&made);
        painter.setRenderHint(QPainter::Antialiasing);
        const int side = std::min(real.width(), real.height());
        draw(painter, QRect((real.width() - side) / 2, (real.height() - side) / 2, side, side), mode);
        painter.end();
        QPixmapCache::insert(key, made);
        return made;
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override {
        const double ratio = painter->device()->devicePixelRatioF();
        QPixmap made = pixmap(rect.size() * ratio, mode, state);
        made.setDevicePixelRatio(ratio);
        painter->drawPixmap(rect.topLeft(), made);
    }

protected:
    // Names the pixels: two engines with the same look draw the same.
    [[nodiscard]] virtual QString look(QIcon::Mode mode) const = 0;
    virtual void draw(QPainter& painter, const QRect& square, QIcon::Mode mode) const = 0;
};

class TileEngine final : public CachedEngine {
public:
    explicit TileEngine(QString file) : file_(std::move(file)) {}
    QIconEngine* clone() const override { return new TileEngine(*this); }

private:
    QString look(QIcon::Mode mode) const override {
        return mode == QIcon::Disabled ? file_ + QStringLiteral("/pale") : file_;
    }
    void draw(QPainter& painter, const QRect& square, QIcon::Mode mode) const override {
        if (mode == QIcon::Disabled)
            painter.setOpacity(paleness);
        QSvgRenderer(file_).render(&painter, square);
    }

    QString file_;
};

class LetterEngine final : public CachedEngine {
public:
    LetterEngine(QChar letter, QRgb ground) : letter_(letter.toUpper()), ground_(ground) {}
    QIconEngine* clone() const override { return new LetterEngine(*this); }

private:
    QString look(QIcon::Mode mode) const override {
        return QStringLiteral("letter/%1/%2/%3").arg(letter_).arg(ground_).arg(mode == QIcon::Disabled);
    }
    void draw(QPainter& painter, const QRect& square, QIcon::Mode mode) const override {
        if (mode == QIcon::Disabled)
            painter.setOpacity(paleness);
        painter.setPen(Qt::NoPen);
        painter.setBrush(QColor::fromRgb(ground_));
        const double corner = square.height() * cornerPart;
        painter.drawRoundedRect(square, corner, corner);
        QFont font;
        font.setBold(true);
        font.setPixelSize(std::max(1, static_cast<int>(square.height() * letterPart)));
        painter.setFont(font);
        painter.setPen(Qt::white);
        painter.drawText(square, Qt::AlignCenter, QString(letter_));
    }

    QChar letter_;
    QRgb ground_;
};

class SymbolEngine final : public CachedEngine {
public:
    SymbolEngine(QString file, std::optional<SymbolColours> colours, bool mirrors)
        : file_(std::move(file)), colours_(std::move(colours)), mirrors_(mirrors) {}
    QIconEngine* clone() const override { return new SymbolEngine(*this); }

private:
    QString look(QIcon::Mode mode) const override {
        return QStringLiteral("%1/%2/%3").arg(file_).arg(colour(mode).rgba()).arg(isMirrored());
    }
    void draw(QPainter& painter, const QRect& square, QIcon::Mode mode) const override {
        QImage shape(square.size(), QImage::Format_ARGB32_Premultiplied);
        shape.fill(Qt::transparent);
        QPainter pen(&shape);
        pen.setRenderHint(QPainter::Antialiasing);
        QSvgRenderer(file_).render(&pen);
        pen.end();
        painter.drawImage(square, isMirrored() ? shape.mirrored(true, false) : shape);
        painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
        painter.fillRect(square, colour(mode));
    }
    [[nodiscard]] bool isMirrored() const {
        return mirrors_ && QGuiApplication::layoutDirection() == Qt::RightToLeft;
    }
    [[nodiscard]] QColor colour(QIcon::Mode mode) const {
        const QPalette palette = QGuiApplication::palette();
        if (mode == QIcon::Disabled)
            return colours_ ? colours_->disabled : palette.color(QPalette::Disabled, QPalette::WindowText);
        if (mode == QIcon::Selected)
            return colours_ ? colours_->selected : palette.color(QPalette::Active, QPalette::HighlightedText);
        return colours_ ? colours_->normal : palette.color(QPalette::Active, QPalette::WindowText);
    }

    QString file_;
    std::optional<SymbolColours> colours_;
    bool mirrors_;
};

} // namespace

QIcon drawnTile(const QString& file) {
    return QIcon(new TileEngine(file));
}

QIcon drawnSymbol(const QString& file, const std::optional<SymbolColours>& colours, bool mirrorsRightToLeft) {
    return QIcon(new SymbolEngine(file, colours, mirrorsRightToLeft));
}

QIcon drawnLetter(QChar letter, QRgb ground) {
    return QIcon(new LetterEngine(letter, ground));
}

} // namespace keybearer
