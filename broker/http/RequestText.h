#pragma once

#include "broker/http/HttpTransport.h"

namespace keybearer {

// The bytes of one HTTP/1.1 request (RFC 9112 section 3): host as it was asked for, no compression, one
// request a connection. The request must have passed RequestRules, so nothing in it can end a line. Pure.
[[nodiscard]] Secret requestText(const HttpRequest& request);

} // namespace keybearer
