#pragma once

#include <QIcon>
#include <QPalette>
#include <string>

// The drawings of resources/icons, as icons that are rendered at whatever size and resolution they are asked
// for. GUI thread. What was rendered is kept in QPixmapCache, so an icon costs little to make: a model may do
// it for each cell. No function here fails: what is not known has a drawing that says no more than that.
namespace keybearer {

// The glyph of a provider by its short name. A name that no drawing has gets a tile with its first letter, an
// address or an empty name the server. Glyphs are decoration: the name stands beside them, always.
[[nodiscard]] QIcon providerIcon(const std::string& provider);

// Tiles for what is no provider.
enum class Emblem {
    Server,   // an MCP server, known by nothing but its address
    Key,      // an API key
    Robot,    // a service account
    Building, // a company's own server
    Demo      // the provider that comes with Keybearer to try things out
};
[[nodiscard]] QIcon emblem(Emblem emblem);

// Drawings in one colour, for navigation, buttons, and beside words.
enum class Symbol {
    // Pages.
    Sessions,
    Services,
    Requests,
    Clients,
    Activity,
    Health,
    Settings,
    Tools,
    // What one can do.
    Search,
    Copy,
    Refresh,
    Revoke,
    Pause,
    Play,
    Lock,
    Unlock,
    Undo,
    Add,
    Remove,
    External,
    Close,
    Rename,
    Erase,
    Export,
    Setup,
    Filter,
    Forward,
    Back,
    Show,
    // What something is, or how it stands.
    Warning,
    Problem,
    Information,
    Good,
    Check,
    Clock,
    Gateway,
    Key,
    Bell,
    Person,
    File,
    Program // the last one
};
// In the colour of the application's text, also after the person has changed from light to dark. Undo, Back,
// Forward and External are mirrored where writing runs from right to left.
[[nodiscard]] QIcon symbol(Symbol symbol);
// In the text colours of this palette.
[[nodiscard]] QIcon symbol(Symbol symbol, const QPalette& palette);
// In this one colour (see Tones.h), greyed only when disabled.
[[nodiscard]] QIcon symbol(Symbol symbol, const QColor& colour);

} // namespace keybearer
