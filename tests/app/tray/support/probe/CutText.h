#pragma once

#include <QStringList>

class QWidget;

namespace keybearer::test {

// What of the text in this window cannot be read whole: cut off, elided without a tool tip, or covered by a
// neighbour; one line for each.
[[nodiscard]] QStringList cutText(const QWidget& window);

} // namespace keybearer::test
