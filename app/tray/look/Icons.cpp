#include "app/tray/look/Icons.h"

#include <QColor>
#include <QCoreApplication>
#include <QPainter>
#include <QPalette>
#include <QPixmap>
#include <QSvgRenderer>
#include <array>

namespace keybearer {

namespace {

constexpr std::array panelSizes{16, 22, 24, 32, 44, 48, 64};
constexpr std::array windowSizes{16, 24, 32, 48, 64, 128};
constexpr int widestMargin = 4; // pixels of a panel's room that a drawing may leave empty to stay sharp
constexpr int dotSize = 12;
// Of the symbolic status icon; the same as in the coloured drawings.
constexpr QRgb inkOnDark = 0xfff4f6f8;
constexpr QRgb inkOnLight = 0xff2b3340;
// Middle tones: readable as a dot on light and on dark ground.
constexpr QRgb green = 0xff2ea55a;
constexpr QRgb blue = 0xff3b86e8;
constexpr QRgb amber = 0xffe8910c;
constexpr QRgb grey = 0xff8b929b;
constexpr QRgb red = 0xffdb4045;

template <std::size_t N>
QIcon rendered(const QString& file, const std::array<int, N>& sizes) {
    QSvgRenderer drawing(file);
    QIcon icon;
    for (const int size : sizes) {
        QPixmap pixmap(size, size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        drawing.render(&painter);
        painter.end();
        icon.addPixmap(pixmap);
    }
    return icon;
}

QIcon dot(QRgb colour) {
    QIcon icon;
    for (const int scale : {1, 2}) {
        QPixmap pixmap(dotSize * scale, dotSize * scale);
        pixmap.setDevicePixelRatio(scale);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(QColor::fromRgb(colour));
        painter.drawEllipse(QRectF(1.5, 1.5, dotSize - 3, dotSize - 3));
        painter.end();
        // The colour is the message: no style may grey or tint it.
        for (const QIcon::Mode mode : {QIcon::Normal, QIcon::Disabled, QIcon::Active, QIcon::Selected})
            icon.addPixmap(pixmap, mode);
    }
    return icon;
}

QString drawingOf(TrayState state) {
    switch (state) {
    case TrayState::Ok:
        return QStringLiteral("ok");
    case TrayState::Attention:
        return QStringLiteral("attention");
    case TrayState::Locked:
        return QStringLiteral("locked");
    case TrayState::Offline:
        break;
    }
    return QStringLiteral("offline");
}

// Edges are sharp where a drawing is scaled by a whole number: multiples of 16 take the drawing of 16 px, all
// others that of 22 px with the rest as a margin, if that margin is thin.
QPixmap panelPixmap(const QString& folder, TrayState state, int size) {
    const int grid = size % 16 == 0 ? 16 : 22;
    QSvgRenderer drawing(QStringLiteral(":/icons/tray/%1/%2/%3.svg").arg(grid).arg(folder, drawingOf(state)));
    const int whole = size / grid * grid;
    const int side = size - whole <= widestMargin ? whole : size;
    QPixmap pixmap(size, size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    drawing.render(&painter, QRect((size - side) / 2, (size - side) / 2, side, side));
    return pixmap;
}

QColor panelInk(bool onDark) {
    return QColor::fromRgb(onDark ? inkOnDark : inkOnLight);
}

void tint(QPixmap& pixmap, const QColor& colour) {
    QPainter painter(&pixmap);
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(pixmap.rect(), colour);
}

} // namespace

QIcon applicationIcon() {
    return rendered(QStringLiteral(":/icons/keybearer.svg"), windowSizes);
}

QIcon trayIcon(TrayState state, bool onDark, TrayLook look) {
    QString folder = onDark ? QStringLiteral("on-dark") : QStringLiteral("on-light");
    if (look == TrayLook::Symbolic)
        folder = QStringLiteral("symbolic");
    QIcon icon;
    for (const int size : panelSizes) {
        QPixmap pixmap = panelPixmap(folder, state, size);
        if (look == TrayLook::Symbolic)
            tint(pixmap, panelInk(onDark));
        icon.addPixmap(pixmap);
    }
    return icon;
}

QIcon stateDot(SessionState state) {
    switch (state) {
    case SessionState::Active:
        return dot(green);
    case SessionState::Refreshing:
        return dot(blue);
    case SessionState::NeedsSignIn:
        return dot(amber);
    case SessionState::Locked:
    case SessionState::SwitchedOff:
        return dot(grey);
    case SessionState::Expired:
        return dot(amber);
    case SessionState::Quarantined:
        break;
    }
    return dot(red);
}

QIcon stateDot(TrayState state) {
    switch (state) {
    case TrayState::Ok:
        return dot(green);
    case TrayState::Attention:
    case TrayState::Locked:
        return dot(amber);
    case TrayState::Offline:
        break;
    }
    return dot(red);
}

QString stateWord(SessionState state) {
    switch (state) {
    case SessionState::Active:
        return QCoreApplication::translate("SessionState", "Active");
    case SessionState::Refreshing:
        return QCoreApplication::translate("SessionState", "Refreshing");
    case SessionState::NeedsSignIn:
        return QCoreApplication::translate("SessionState", "Sign in again");
    case SessionState::Locked:
        return QCoreApplication::translate("SessionState", "Locked");
    case SessionState::SwitchedOff:
        return QCoreApplication::translate("SessionState", "Switched off");
    case SessionState::Expired:
        return QCoreApplication::translate("SessionState", "Expired");
    case SessionState::Quarantined:
        break;
    }
    return QCoreApplication::translate("SessionState", "Set aside");
}

bool isDark(const QPalette& palette) {
    return palette.color(QPalette::WindowText).lightness() > palette.color(QPalette::Window).lightness();
}

bool isPanelDark(const QPalette& palette) {
    const QByteArray ground = qgetenv("KEYBEARER_TRAY_GROUND");
    if (ground == "dark" || ground == "light")
        return ground == "dark";
    // The top bars of these are dark whatever the windows look like.
    const QList<QByteArray> desktops = qgetenv("XDG_CURRENT_DESKTOP").split(':');
    if (desktops.contains("GNOME") || desktops.contains("Unity"))
        return true;
    return isDark(palette);
}

} // namespace keybearer
