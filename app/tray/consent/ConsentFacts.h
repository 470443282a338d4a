#pragma once

#include "app/tray/look/Labels.h"
#include "app/tray/mirror/Records.h"

class QWidget;

namespace keybearer {

// What the question tells about the program that asks: what the broker has measured, what has changed since
// the person last said yes, what it would get, and apart from all that what it says about itself. For a
// command that is to be started: the whole command line. Everything is plain text, on labels of one width;
// how much of it fits on the screen is for the owner of the widget to see to. GUI thread.
[[nodiscard]] QWidget* makeConsentFacts(const ConsentRequest& request);

// The one sentence above them.
[[nodiscard]] QString consentHeading(const ConsentRequest& request);

} // namespace keybearer
