#pragma once

#include "app/cli/Output.h"
#include "broker/base/Json.h"

#include <optional>
#include <string>
#include <string_view>

namespace keybearer {

// The question in the terminal: may this program have this credential? Pure text; TokenVerb shows it and
// waits.

// Who asks, as measured by the broker; what it says about itself, marked as a claim; what for; the choices.
[[nodiscard]] std::string consentQuestion(const Json& request);

// What consent.answer takes: allow-once, allow-session, allow, deny. An empty line denies; nothing for a line
// that is no choice.
[[nodiscard]] std::optional<std::string> decisionFor(std::string_view line);

} // namespace keybearer
