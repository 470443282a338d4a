#pragma once

namespace keybearer {

// Tells the kernel that the program's own code, as it is mapped now, is not needed any more: what is still
// run is mapped again at its next use, the rest (parsers, help, everything that starting touches) is not. For
// a process that lives for days and does one small thing. Changes nothing but memory; does nothing where the
// system has no such call.
void giveBackStartupPages();

} // namespace keybearer
