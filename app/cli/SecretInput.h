#pragma once

#include "app/cli/Invocation.h"
#include "broker/base/Secret.h"

#include <string>
#include <string_view>

namespace keybearer {

// A secret from where it may come from: --value-file FILE (- is standard input), or a terminal that does not
// echo. Never from the command line. One line end after it is no part of it. InvalidParams if there is
// neither, or nothing; Cancelled if the person gives up.
struct SecretWish {
    std::string prompt;  // "Passphrase: "
    std::string confirm; // asked a second time, and must be the same; empty: once
    std::size_t limit = 1024;
};
[[nodiscard]] Result<Secret> readSecret(Invocation& invocation, const SecretWish& wish);

} // namespace keybearer
