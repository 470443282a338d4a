#pragma once

#include "broker/http/HttpTransport.h"

// What may go to the network at all, decided before a byte is sent. Pure functions; any thread.
namespace keybearer {

// 127.0.0.1, [::1] or localhost: the only hosts that may be spoken to without TLS (OAuth 2.1 section 1.5).
[[nodiscard]] bool isLoopback(const QUrl& url);

// https, or http to this machine; a host; no user name or password; no fragment. Failure: InvalidParams.
[[nodiscard]] Result<void> checkUrl(const QUrl& url);

// An address exactly as it was written, or nothing: QUrl repairs what it can, so the bytes are looked at
// first. Only what checkUrl() lets pass, at most 2048 characters.
[[nodiscard]] std::optional<QUrl> writtenAddress(std::string_view text);

// scheme://host[:port] (RFC 6454), the port only where it is not the scheme's own.
[[nodiscard]] QUrl originOf(const QUrl& url);
[[nodiscard]] bool isSameOrigin(const QUrl& a, const QUrl& b);

// A server on the internet has no business with a service of this machine or of the network that it stands
// in: true when `named` is written as such an address and `by`, which named it, is no such place itself. What
// a name stands for shows when it is looked up: HttpRequest::publicOnly.
[[nodiscard]] bool pointsInside(const QUrl& named, const QUrl& by);

// RFC 9110 section 5.1: a name is a token; a value is visible ASCII, so that nothing can end the line.
[[nodiscard]] Result<void> checkHeader(const HttpHeader& header);

// All of the above for a whole request, and no body without POST.
[[nodiscard]] Result<void> checkRequest(const HttpRequest& request);

} // namespace keybearer
