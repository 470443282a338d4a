#pragma once

#include "app/cli/Output.h"
#include "broker/base/Result.h"

#include <string>
#include <string_view>

namespace keybearer {

// Questions to the person at the terminal, one line an answer. Cancelled at the end of input (Ctrl-D).

// Without blanks around it; a line longer than 1024 bytes is cut.
[[nodiscard]] Result<std::string> askLine(Output& output, std::string_view question);
// Until it is y or n; an empty line is what `usual` says.
[[nodiscard]] Result<bool> askYesNo(Output& output, std::string_view question, bool usual);

} // namespace keybearer
