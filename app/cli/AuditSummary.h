#pragma once

#include "app/cli/Verb.h"

namespace keybearer {

// keybearer audit summary: how much was given to whom, as bars.
extern const Verb auditSummaryVerb;

} // namespace keybearer
