#include "app/tray/look/Symbols.h"

#include "app/tray/look/DrawnIcon.h"

#include <QFile>
#include <algorithm>
#include <array>
#include <cstdint>

namespace keybearer {

namespace {

// Short names are short; what is longer is an address or an attack, and no drawing is called so.
constexpr std::size_t longestName = 64;

// Tiles of letters: the luminance of all other tiles, so that white reads on each at 5:1.
constexpr std::array<QRgb, 12> letterGrounds{0xff306ccd, 0xff147a89, 0xff6c62c3, 0xffbc4b21,
                                             0xffb04890, 0xff2a7d4d, 0xffac580e, 0xff8d58b0,
                                             0xffc9365a, 0xff4e7a2e, 0xff1376a7, 0xff7e6f0a};

bool isShortName(const std::string& name) {
    return !name.empty() && name.size() <= longestName && std::ranges::all_of(name, [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '-' ||
               letter == '_';
    });
}

// FNV-1a: the same name has the same colour on every machine and after every start.
QRgb groundOf(const std::string& name) {
    std::uint32_t sum = 2166136261U;
    for (const char letter : name)
        sum = (sum ^ static_cast<unsigned char>(letter)) * 16777619U;
    return letterGrounds.at(sum % letterGrounds.size());
}

const char* fileOf(Emblem emblem) {
    switch (emblem) {
    case Emblem::Server:
        break;
    case Emblem::Key:
        return "generic-key";
    case Emblem::Robot:
        return "generic-robot";
    case Emblem::Building:
        return "generic-building";
    case Emblem::Demo:
        return "generic-demo";
    }
    return "generic-server";
}

// The names of the files, in the order of Symbol.
constexpr std::array symbolFiles{
    "sessions", "services", "requests", "clients", "activity",    "health", "settings", "tools",  "search",
    "copy",     "refresh",  "revoke",   "pause",   "play",        "lock",   "unlock",   "undo",   "add",
    "remove",   "external", "close",    "rename",  "erase",       "export", "setup",    "filter", "forward",
    "back",     "show",     "warning",  "problem", "information", "good",   "check",    "clock",  "gateway",
    "key",      "bell",     "person",   "file",    "program"};
static_assert(symbolFiles.size() == static_cast<std::size_t>(Symbol::Program) + 1);

bool pointsSomewhere(Symbol symbol) {
    return symbol == Symbol::Undo || symbol == Symbol::Back || symbol == Symbol::Forward ||
           symbol == Symbol::External;
}

QString tileFile(const char* name) {
    return QStringLiteral(":/icons/providers/%1.svg").arg(QLatin1String(name));
}

SymbolColours coloursOf(const QPalette& palette) {
    return {palette.color(QPalette::Active, QPalette::WindowText),
            palette.color(QPalette::Disabled, QPalette::WindowText),
            palette.color(QPalette::Active, QPalette::HighlightedText)};
}

QIcon symbolIcon(Symbol symbol, const std::optional<SymbolColours>& colours) {
    const char* name = symbolFiles.at(static_cast<std::size_t>(symbol));
    return drawnSymbol(QStringLiteral(":/icons/symbols/%1.svg").arg(QLatin1String(name)), colours,
                       pointsSomewhere(symbol));
}

} // namespace

QIcon providerIcon(const std::string& provider) {
    if (!isShortName(provider))
        return emblem(Emblem::Server);
    if (provider == "demo")
        return emblem(Emblem::Demo);
    const QString file = tileFile(provider.c_str());
    if (!provider.starts_with("generic-") && QFile::exists(file))
        return drawnTile(file);
    return drawnLetter(QLatin1Char(provider.front()), groundOf(provider));
}

QIcon emblem(Emblem emblem) {
    return drawnTile(tileFile(fileOf(emblem)));
}

QIcon symbol(Symbol symbol) {
    return symbolIcon(symbol, std::nullopt);
}

QIcon symbol(Symbol symbol, const QPalette& palette) {
    return symbolIcon(symbol, coloursOf(palette));
}

QIcon symbol(Symbol symbol, const QColor& colour) {
    SymbolColours colours = coloursOf(QPalette());
    colours.normal = colour;
    return symbolIcon(symbol, colours);
}

} // namespace keybearer
