#pragma once

#include "broker/http/HttpTransport.h"

#include <memory>

namespace keybearer {

// Reads one HTTP/1.1 response (RFC 9112) out of bytes as they arrive, with Boost.Beast's parser: status line,
// headers, a body by length, by chunks or until the end of the connection; interim responses are skipped.
// Bounded: 64 KiB of head, `bodyLimit` of body, and what arrives behind the response is not looked at.
// Whatever it leaves behind of a body is wiped. One response a reader; any thread.
class ResponseReader {
public:
    explicit ResponseReader(std::size_t bodyLimit);
    ~ResponseReader();
    ResponseReader(const ResponseReader&) = delete;
    ResponseReader& operator=(const ResponseReader&) = delete;

    // Takes the next bytes; true once the response is whole. Failures: ProviderError (larger than it may be),
    // ProviderUnavailable (no HTTP).
    [[nodiscard]] Result<bool> take(std::string_view bytes);
    // The connection has ended. Failure: ProviderUnavailable, when the response is not whole.
    [[nodiscard]] Result<void> end();

    [[nodiscard]] bool hasHead() const; // status and headers are there
    [[nodiscard]] int status() const;
    [[nodiscard]] std::string header(std::string_view name) const; // empty: absent
    [[nodiscard]] HttpResponse takeResponse();                     // once it is whole

private:
    struct Parser;
    std::unique_ptr<Parser> parser_;
};

} // namespace keybearer
