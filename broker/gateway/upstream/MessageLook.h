#pragma once

#include <string>
#include <string_view>

namespace keybearer {

// Whether a server's message (or batch) is or holds the answer to the request with that id (JSON text).
[[nodiscard]] bool answers(std::string_view message, std::string_view id);
// The id of the answer that a message is; empty where it is none.
[[nodiscard]] std::string answeredId(std::string_view message);
// The code of the JSON-RPC error that a body is; 0 where it is none.
[[nodiscard]] int errorCodeOf(std::string_view body);

} // namespace keybearer
