#pragma once

#include "broker/base/Result.h"

#include <QString>

// Addresses that a person types or pastes, checked before the broker is asked. Pure functions; the errors are
// InvalidParams, in words for the person.
namespace keybearer {

// The address of an MCP server: https, or http on this machine; a host; no user name; no fragment. Without a
// scheme, https is meant.
[[nodiscard]] Result<std::string> serverAddress(const QString& typed);

// The address that the browser ended at (paste-back): whole, of this machine, with a state and an answer in
// it. Whether it belongs to this sign-in is for the broker to say.
[[nodiscard]] Result<std::string> redirectAddress(const QString& pasted);

} // namespace keybearer
