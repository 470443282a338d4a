#pragma once

#include "broker/gateway/door/RequestChecks.h"

#include <memory>
#include <string>
#include <string_view>

namespace keybearer {

// Reads the requests of one connection one after the other, over Boost.Beast's parser: a whole head, which
// checkFraming() has seen, then the body, sized or in chunks. A trailer is refused. Owned by
// the HttpConnection; event loop thread.
class RequestReader {
public:
    RequestReader();
    ~RequestReader();
    RequestReader(const RequestReader&) = delete;
    RequestReader& operator=(const RequestReader&) = delete;

    // The next request. Fills in method, fields and bodyLength; `target` is as it was written.
    [[nodiscard]] std::optional<Refusal> readHead(std::string_view head, RequestHead& out,
                                                  std::string& target);
    // The connection may be kept after this request.
    [[nodiscard]] bool keepsAlive() const;

    enum class Body {
        More, // all that was understood is taken; there has to come more
        Full, // the piece has reached its limit
        Over, // the body is complete
        Bad,  // what is there is no body
    };
    // Takes from the front of `bytes` what belongs to the body and appends its content to `piece`.
    [[nodiscard]] Body readBody(std::string_view& bytes, std::string& piece, std::size_t limit);
    [[nodiscard]] bool isOver() const;

private:
    class Parser;
    std::unique_ptr<Parser> parser_;
};

} // namespace keybearer
