#pragma once

#include "broker/base/Result.h"
#include "broker/protocol/WebAddress.h"

#include <string>

namespace keybearer {

// Opens an authorization URL in the person's browser. No shell: the URL is one argument of one program.

// Starts the first command that does not fail within a second or two, in a session of its own and without our
// streams.
[[nodiscard]] Result<void> openInBrowser(const std::string& url);

} // namespace keybearer
