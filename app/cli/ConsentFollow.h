#pragma once

#include "app/cli/Invocation.h"

namespace keybearer {

// keybearer consent pending --follow: at a terminal puts each question to the person there; else tells of
// each question as it comes and as it is withdrawn, until the broker or whoever reads is gone. While it runs,
// questions are put: there is somebody who can answer them.
[[nodiscard]] Result<int> followQuestions(Invocation& invocation);

} // namespace keybearer
