#pragma once

#include "broker/platform/ProcessFacts.h"
#include "broker/platform/unix/SystemOwned.h"

namespace keybearer {

// Finds what makes a program run other code than its file's: libraries in its memory that its user can
// replace, and variables of its environment that bring some in. Sets foreignCode and remarks. A program that
// covers its traces is not found out. Any thread.
void findPreloading(std::int64_t pid, ProcessFacts& facts, SystemOwned& owned);

} // namespace keybearer
