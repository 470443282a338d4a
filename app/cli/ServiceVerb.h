#pragma once

#include "app/cli/Verb.h"

namespace keybearer {

// The MCP servers that a person uses: list, test, add, remove.
extern const Verb serviceVerb;

} // namespace keybearer
