#pragma once

#include "broker/base/Error.h"
#include "broker/gateway/door/ServedRequest.h"

#include <string>
#include <string_view>

// How a request that no server answered is answered (docs/gateway-http.md): a status and a JSON-RPC error.
// Pure, but for refuse() itself.
namespace keybearer {

// The status for a failure of the broker's: 403 where nothing will change by waiting, 503 where it will, 500
// for a fault of our own.
[[nodiscard]] int statusFor(const Error& error);

// The body: a JSON-RPC error with the request's id (JSON text; empty: null).
[[nodiscard]] std::string refusalBody(const Error& error, std::string_view id);
// The same with a code of the Model Context Protocol's own.
[[nodiscard]] std::string refusalBody(int code, std::string_view message, std::string_view id);

// Answers, whole; nothing may have been begun. Retry-After comes with the error's retryAfter.
void refuse(ServedRequest& request, int status, const Error& error, std::string_view id = {},
            std::vector<HttpField> more = {});
void refuse(ServedRequest& request, int status, std::string body, std::vector<HttpField> more = {});

// The id (JSON text) that the beginning of a message shows; empty if it shows none.
[[nodiscard]] std::string idShownBy(std::string_view beginning);

} // namespace keybearer
