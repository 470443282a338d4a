#pragma once

#include "app/cli/Verb.h"

namespace keybearer {

// Children of the provider verb that have files of their own.
extern const Verb providerAddVerb;
extern const Verb providerRemoveVerb;

} // namespace keybearer
