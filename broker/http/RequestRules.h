#pragma once

#include "broker/http/HttpTransport.h"

// What may go to the network at all, decided before a byte is sent. Pure functions; any thread.
namespace keybearer {

// 127.0.0.1, [::1] or localhost: the only hosts that may be spoken to without TLS (OAuth 2.1 section 1.5).
[[nodiscard]] bool isLoopback(const QUrl& url);

// https, or http to this machine; a host; no user name or password; no fragment. Failure: InvalidParams.
[[nodiscard]] Result<void> checkUrl(const QUrl& url);

// RFC 9110 section 5.1: a name is a token; a value is visible ASCII, so that nothing can end the line.
[[nodiscard]] Result<void> checkHeader(const HttpHeader& header);

// All of the above for a whole request, and no body without POST.
[[nodiscard]] Result<void> checkRequest(const HttpRequest& request);

} // namespace keybearer
