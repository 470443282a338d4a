#pragma once

#include <QColor>

class QPalette;

namespace keybearer {

// What a colour says. It never says it alone: a word or a symbol stands beside it.
enum class Tone { Good, News, Attention, Problem, Quiet };

// For text and symbols on the palette's window and base: at least 4.5:1 on grounds up to #e0e0e0 in a light
// palette, and down to #3d3d3d in a dark one.
[[nodiscard]] QColor toneColour(Tone tone, const QPalette& palette);

} // namespace keybearer
