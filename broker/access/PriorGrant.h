#pragma once

#include "broker/access/Caller.h"
#include "broker/base/Result.h"

#include <optional>
#include <string>

namespace keybearer {

// What may be had with the list that a caller brings along: a client key's, a run profile's, agent.sock's.
// Any thread.

// Why a caller that brings its permission along cannot have what it names, before anything is looked up: it
// is not to learn what else there is. Nothing: it may, or that can be told only of what is found.
[[nodiscard]] std::optional<Error> outsidePriorGrant(const Caller& caller,
                                                     const std::optional<std::string>& provider);

[[nodiscard]] std::optional<Error> outsidePriorGrant(const PriorGrant& prior, const std::string& provider);

// Whether this account is among what came with the caller.
[[nodiscard]] bool includes(const PriorGrant& prior, const std::string& provider, const std::string& account);
[[nodiscard]] Error notIncluded(const PriorGrant& prior); // PolicyDenied; says nothing of what there is

} // namespace keybearer
