#pragma once

#include <QColor>
#include <QIcon>
#include <optional>

// Icons that are rendered when they are painted, for the size and resolution at hand. GUI thread; a file that
// is not there draws nothing.
namespace keybearer {

struct SymbolColours {
    QColor normal;
    QColor disabled;
    QColor selected;
};

// A coloured drawing; paler when disabled.
[[nodiscard]] QIcon drawnTile(const QString& file);
// A drawing of which only the shape counts. Without colours it takes those of the application's palette each
// time it is painted.
[[nodiscard]] QIcon drawnSymbol(const QString& file, const std::optional<SymbolColours>& colours,
                                bool mirrorsRightToLeft);
// A tile with a letter in capitals.
[[nodiscard]] QIcon drawnLetter(QChar letter, QRgb ground);

} // namespace keybearer
