#pragma once

#include "broker/base/Result.h"
#include "broker/base/Secret.h"
#include "broker/base/Time.h"

#include <QUrl>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace keybearer {

class ClientCertificate;

struct HttpHeader {
    std::string name;
    std::string value; // only visible ASCII; anything else is refused before a byte is sent
};

struct HttpRequest {
    enum class Method { Get, Post, Delete };
    Method method = Method::Get;
    QUrl url;
    std::vector<HttpHeader> headers; // an Authorization header may stand here; it is never sent anywhere else
    std::string contentType;         // of the body
    Secret body;                     // not with Get
    // From the call to the last byte; whatever it is, status and headers have a minute.
    std::chrono::milliseconds deadline{30'000};
    std::size_t responseLimit = 1U << 20;                 // bytes after decompression
    std::shared_ptr<const ClientCertificate> certificate; // shown to the server; null: none
    // For an address that the network gave us (SEC-C-22): the connection goes to an address that was looked
    // up and found public, or not at all. Through a proxy, which looks names up by itself, only an address
    // that is written out can be judged.
    bool publicOnly = false;
    // A redirect comes back as the answer that it is instead of as a failure; DocumentRequest looks at it.
    bool redirectIsAnswer = false;
};

struct HttpResponse {
    int status = 0;
    std::vector<HttpHeader> headers;
    Secret body;
    bool fromPublicAddress = false; // the connection went straight to an address of the public internet

    // First header of this name, case-insensitive; empty if absent.
    [[nodiscard]] std::string header(std::string_view name) const;
    // Retry-After in seconds or as a date (RFC 9110 section 10.2.3), at most `most`.
    [[nodiscard]] std::optional<std::chrono::seconds> retryAfter(WallTime now,
                                                                 std::chrono::seconds most) const;
};

// One exchange in flight. Destroying it cancels it, and its completion is then never called.
class HttpExchange {
public:
    virtual ~HttpExchange() = default;
};

// The one way to the network for whatever holds secrets. One request is one request: no transport re-send, no
// redirect followed, no cookie, https only but for loopback (SEC-C-21, SEC-C-27, SEC-C-35).
// Failures: ProviderUnavailable (no answer, cut off, deadline; detail "sent" is false when the request
// certainly did not reach the server), InvalidParams (URL or header refused), ProviderError (a redirect, a
// body over the limit, an address that had to be public and is not). An HTTP status of 400 or 500 is a
// response, not a failure.
class HttpTransport {
public:
    virtual ~HttpTransport() = default;
    [[nodiscard]] virtual std::unique_ptr<HttpExchange> send(HttpRequest request,
                                                             Completion<HttpResponse> done) = 0;
};

} // namespace keybearer
