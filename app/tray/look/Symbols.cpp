#include "app/tray/look/Symbols.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>
#include <array>
#include <memory>

namespace keybearer {

namespace {

// In the order of the enumeration; the names of the files.
constexpr std::array symbolFiles{
    "sessions", "services", "requests", "clients", "activity", "health",  "settings", "tools", "search",
    "copy",     "refresh",  "revoke",   "pause",   "play",     "lock",    "undo",     "add",   "external",
    "warning",  "good",     "clock",    "rename",  "setup",    "gateway", "key",      "bell",  "program"};
static_assert(symbolFiles.size() == static_cast<std::size_t>(Symbol::Program) + 1);

// Draws the file at the size that is asked for, so that nothing is ever scaled; in one colour a mode if there
// are colours.
class DrawingEngine final : public QIconEngine {
public:
    explicit DrawingEngine(const QString& file) : drawing_(std::make_shared<QSvgRenderer>(file)) {}
    DrawingEngine(const QString& file, const QPalette& palette) : DrawingEngine(file) {
        tinted_ = true;
        normal_ = palette.color(QPalette::Active, QPalette::WindowText);
        disabled_ = palette.color(QPalette::Disabled, QPalette::WindowText);
        selected_ = palette.color(QPalette::Active, QPalette::HighlightedText);
    }

    void paint(QPainter* painter, const QRect& place, QIcon::Mode mode, QIcon::State state) override {
        const qreal ratio = painter->device() != nullptr ? painter->device()->devicePixelRatioF() : 1.0;
        QPixmap picture = pixmap(place.size() * ratio, mode, state);
        picture.setDevicePixelRatio(ratio);
        painter->drawPixmap(place.topLeft(), picture);
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State) override {
        QPixmap picture(size);
        picture.fill(Qt::transparent);
        QPainter painter(&picture);
        const int side = std::min(size.width(), size.height());
        drawing_->render(&painter,
                         QRectF((size.width() - side) / 2.0, (size.height() - side) / 2.0, side, side));
        if (tinted_) {
            painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
            painter.fillRect(picture.rect(), colourOf(mode));
        } else if (mode == QIcon::Disabled) {
            painter.setCompositionMode(QPainter::CompositionMode_DestinationIn);
            painter.fillRect(picture.rect(), QColor(0, 0, 0, 110));
        }
        return picture;
    }
    QIconEngine* clone() const override { return new DrawingEngine(*this); }
    bool isNull() override { return !drawing_->isValid(); }

private:
    [[nodiscard]] QColor colourOf(QIcon::Mode mode) const {
        return mode == QIcon::Disabled ? disabled_ : mode == QIcon::Selected ? selected_ : normal_;
    }

    std::shared_ptr<QSvgRenderer> drawing_; // read only, shared by copies
    bool tinted_ = false;
    QColor normal_;
    QColor disabled_;
    QColor selected_;
};

} // namespace

QIcon symbol(Symbol which, const QPalette& palette) {
    const auto* name = symbolFiles.at(static_cast<std::size_t>(which));
    return QIcon(
        new DrawingEngine(QStringLiteral(":/icons/symbols/%1.svg").arg(QLatin1String(name)), palette));
}

QIcon providerIcon(const std::string& provider) {
    const QString directory = QStringLiteral(":/icons/providers/%1.svg");
    const bool plain =
        provider.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") == std::string::npos;
    QString file = directory.arg(plain && !provider.empty() ? QString::fromStdString(provider)
                                                            : QStringLiteral("server"));
    if (!QFile::exists(file))
        file = directory.arg(QStringLiteral("server"));
    return QIcon(new DrawingEngine(file));
}

} // namespace keybearer
