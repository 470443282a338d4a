#pragma once

#include "app/tray/mirror/BrokerMirror.h"

#include <QIcon>

class QPalette;

namespace keybearer {

// Drawings of resources/icons. The glyph is a key that is also a K and a walking figure.
[[nodiscard]] QIcon applicationIcon();
// The status icon for a dark or a light panel: with a coloured mark for what needs the person, or in the one
// colour of the panel's own symbols. Each state has a shape of its own in both.
enum class TrayLook { Colour, Symbolic };
[[nodiscard]] QIcon trayIcon(TrayState state, bool onDark, TrayLook look = TrayLook::Colour);
// A coloured dot; always beside the word of stateWord(), never alone.
[[nodiscard]] QIcon stateDot(SessionState state);
[[nodiscard]] QIcon stateDot(TrayState state);
[[nodiscard]] QString stateWord(SessionState state);

// Light text on dark ground.
[[nodiscard]] bool isDark(const QPalette& palette);
// Whether the panel that holds the status icon is dark: KEYBEARER_TRAY_GROUND=dark|light, a desktop whose
// panel is always dark, else as the windows are. The icons have an outline that keeps them readable when this
// is wrong.
[[nodiscard]] bool isPanelDark(const QPalette& palette);

} // namespace keybearer
