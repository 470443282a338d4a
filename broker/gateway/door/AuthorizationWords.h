#pragma once

#include "broker/base/Json.h"
#include "broker/gateway/door/ServedRequest.h"

#include <string>
#include <string_view>

namespace keybearer {

// What a request to the authorization server says, as the parameters of as.request (docs/gateway-http.md):
// query or form with each parameter once, a document for `register`, credentials of the Authorization field.
// Fails with what is wrong with it; never quotes the input. Pure.
[[nodiscard]] Result<Json> authorizationWords(const RequestHead& head, const std::string& endpoint,
                                              std::string_view body);

} // namespace keybearer
