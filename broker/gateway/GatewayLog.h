#pragma once

#include <string_view>

namespace keybearer {

// One line of the gateway's log on standard error, which the broker takes into its own: what happened, never
// what a message, a header or a token said. Text from outside has to be displaySafe() already. Any thread.
void logInfo(std::string_view text);
void logWarning(std::string_view text);

} // namespace keybearer
