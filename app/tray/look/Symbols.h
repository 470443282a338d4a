#pragma once

#include <QIcon>
#include <QPalette>
#include <string>

namespace keybearer {

// One-coloured drawings of resources/icons/symbols, for navigation and buttons.
enum class Symbol {
    Sessions,
    Services,
    Requests,
    Clients,
    Activity,
    Health,
    Settings,
    Tools,
    Search,
    Copy,
    Refresh,
    Revoke,
    Pause,
    Play,
    Lock,
    Undo,
    Add,
    External,
    Warning,
    Good,
    Clock,
    Rename,
    Setup,
    Gateway,
    Key,
    Bell,
    Program
};

// The drawing in the palette's text colours (normal, disabled, selected), sharp at every size and scale.
[[nodiscard]] QIcon symbol(Symbol which, const QPalette& palette);

// The drawing of a provider by its short name; of one that is not known, a neutral tile. "" or an address: a
// server.
[[nodiscard]] QIcon providerIcon(const std::string& provider);

} // namespace keybearer
