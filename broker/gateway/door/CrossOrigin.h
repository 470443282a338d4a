#pragma once

#include "broker/gateway/door/ServedRequest.h"

#include <string>
#include <string_view>
#include <vector>

// What scripts of the listed origins, and of no others, are told (Fetch standard, "CORS protocol"). Pure.
namespace keybearer {

// So that they may read an answer. `origin` is listed.
[[nodiscard]] std::vector<HttpField> readableFor(const std::string& origin);

// So that they may send a request: the answer to its preflight. Names only fields that MCP and OAuth have.
[[nodiscard]] std::vector<HttpField> allowedFor(const RequestHead& preflight,
                                                const std::vector<std::string>& methods);

} // namespace keybearer
