#pragma once

#include "broker/base/Json.h"
#include "broker/gateway/door/ServedRequest.h"

#include <string>

namespace keybearer {

// What the broker answered to as.request, given to the client: a document, a redirect (always 303, SEC-S-11)
// or a page. Nothing of it is kept by anybody in between.
void reply(ServedRequest& request, const Json& answer);

// A failure of our own: a page where a person looks at it, else {"error", "error_description"}.
void replyRefused(ServedRequest& request, bool person, int status, const std::string& error,
                  const std::string& text);

} // namespace keybearer
