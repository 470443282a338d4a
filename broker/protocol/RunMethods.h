#pragma once

#include "broker/base/Json.h"
#include "broker/base/Result.h"

#include <cstdint>
#include <string>
#include <vector>

// The parameters of capability.*, as those in Methods.h.
namespace keybearer {

struct CapabilityOpenParams {             // capability.open
    std::string profile;                  // its name under profiles: in config.yaml
    std::int64_t pid = 0;                 // a child of the asker that waits to become the program
    std::int64_t startTime = 0;           // of that process; 0: not said
    std::string executable;               // absolute path of the program
    std::vector<std::string> arguments;   // without the program's own name
    std::string workingDirectory;         // absolute
    std::vector<std::string> environment; // NAME=value of variables that bring foreign code into programs
    bool inEnvironment =
        false; // answer with a secret for KEYBEARER_CAPABILITY, and leave the connection alone
    [[nodiscard]] static Result<CapabilityOpenParams> from(const Json& params);
    [[nodiscard]] Json toJson() const;
};

} // namespace keybearer
