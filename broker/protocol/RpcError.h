#pragma once

#include "broker/base/Json.h"
#include "broker/base/Result.h"

#include <string_view>

namespace keybearer {

// The one place where an ErrorCode becomes a number and a name on the wire, and back.
struct RpcErrorName {
    int code;
    std::string_view name;
};
[[nodiscard]] RpcErrorName rpcErrorName(ErrorCode code);

// What to tell the person when the error itself brings no better sentence.
[[nodiscard]] std::string_view defaultAction(ErrorCode code);

// {code, message, data:{name, action, retry_after_seconds?, ...details}}
[[nodiscard]] Json toRpcError(const Error& error);
// The asking side: an error object as it came over the wire. Unknown names become InternalError.
[[nodiscard]] Error fromRpcError(const Json& error);

// Exit status of the command line (interface: "Exit status").
[[nodiscard]] int exitStatus(ErrorCode code);

} // namespace keybearer
