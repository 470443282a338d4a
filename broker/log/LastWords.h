#pragma once

namespace keybearer {

constexpr int outOfResourcesStatus = 71; // EX_OSERR of sysexits.h

// From now on a process that gets no memory, or no thread that it cannot do without, says so on standard
// error and ends with outOfResourcesStatus: nothing that it has acknowledged hangs on its end, and whoever
// supervises it starts it again. Any other exception that nobody has caught is a defect and still ends in a
// signal. May be called again.
void installLastWords();

} // namespace keybearer
