#pragma once

#include "broker/access/Caller.h"
#include "broker/platform/ProcessFacts.h"

namespace keybearer {

// What the system shows of a process, as evidence about the program that asks. Everything but the class and
// the hashes, which take longer.
void takeFacts(Caller& caller, const ProcessFacts& facts);

// The class that the evidence is good for, once the hashes are known or known to be unknowable. `changed`: it
// became another program after it had connected.
[[nodiscard]] IdentityClass identityOf(const Caller& caller, const ProcessFacts& facts, bool changed);

} // namespace keybearer
