#pragma once

#include "broker/base/Error.h"
#include "broker/gateway/upstream/ServerConnection.h"

#include <string>

namespace keybearer {

// Which request of a client an answer is for.
struct AskedRequest {
    std::string id; // JSON text
    std::string method;
    Era era = Era::Legacy;   // of the client
    bool elicitsUrl = false; // it can show a person an address (elicitation.url)
};

// The link that an error of the broker holds; empty if there is none to follow.
[[nodiscard]] std::string linkOf(const Error& error);
// A sign-in would help, and a person can do it.
[[nodiscard]] bool wantsSignIn(const Error& error);

// What a client hears when its request failed, as mcp.md section 4 maps it: a tool call that lacks a sign-in
// becomes URL elicitation where the client has it (-32042, or input_required with `requestState`), else a
// result with isError whose text says what to do; everything else the error itself, as interface.md has it.
[[nodiscard]] std::string failedAnswer(const AskedRequest& asked, const Error& error,
                                       const std::string& requestState);

} // namespace keybearer
