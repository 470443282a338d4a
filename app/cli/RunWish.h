#pragma once

#include "app/cli/Arguments.h"
#include "app/cli/ChildProcess.h"
#include "broker/base/Result.h"
#include "broker/protocol/Methods.h"

#include <optional>
#include <string>
#include <vector>

namespace keybearer {

// What somebody wants of `keybearer run`: the command, and what it is to have.
struct RunWish {
    struct Wanted {
        std::string variable;
        TokenGetParams get;
    };
    std::vector<Wanted> variables;
    std::optional<std::string> profile;
    bool inject = false;        // tokens for variables come from the profile
    bool inEnvironment = false; // KEYBEARER_CAPABILITY instead of KEYBEARER_FD
    bool restarts = false;      // before a token in a variable ends, with a fresh one
    ChildProcess::Plan plan;    // without the program's path

    // InvalidParams for what does not go together.
    [[nodiscard]] static Result<RunWish> from(const Arguments& arguments);
};

} // namespace keybearer
