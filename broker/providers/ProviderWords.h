#pragma once

#include "broker/providers/Provider.h"

#include <string>
#include <vector>

// What a person who registers a client has to know of a provider, in words. Pure functions; any thread.
namespace keybearer {

// Where it departs from the rules and what follows from that, one sentence each.
[[nodiscard]] std::vector<std::string> quirkWords(const Provider& provider);

// The redirect address that a sign-in sends, without the port where any will do; empty if all of it is new
// each time.
[[nodiscard]] std::string sentRedirectUri(const Provider& provider);

// The lines of config.yaml that are still missing, or that are all there is to write.
[[nodiscard]] std::string configLines(const Provider& provider);

} // namespace keybearer
