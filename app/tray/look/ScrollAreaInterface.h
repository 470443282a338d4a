#pragma once

namespace keybearer {

// What screen readers are told of scroll areas. Qt 6.4's own interface takes the number of a child as it
// comes; a bar that went while a reader counted ends the program then. This one answers with nothing. To be
// called once, after the QApplication is made; GUI thread.
void installScrollAreaInterface();

} // namespace keybearer
