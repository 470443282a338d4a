#pragma once

#include "broker/gateway/upstream/UpstreamRequest.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace keybearer {

// Reads one answer of an HTTP/1.1 server out of bytes as they come (RFC 9112; Boost.Beast's parser). Interim
// answers (1xx) and trailers are skipped. Bounds: head of 64 KiB, 1000 fields. Never throws; pure.
class AnswerParser {
public:
    AnswerParser();
    ~AnswerParser();
    AnswerParser(const AnswerParser&) = delete;
    AnswerParser& operator=(const AnswerParser&) = delete;

    // `toHead`: the request was HEAD, whose answer has no body.
    void reset(bool toHead);
    // How much was understood; the rest comes again, in front of what follows. Nothing: this is no HTTP.
    [[nodiscard]] std::optional<std::size_t> put(std::string_view bytes);
    // The connection has ended. False: the answer has not.
    [[nodiscard]] bool putEnd();

    [[nodiscard]] bool headDone() const;
    [[nodiscard]] bool done() const;
    [[nodiscard]] bool keepsAlive() const;
    [[nodiscard]] UpstreamHead& head();
    // What the last put() brought of the body. Good until the next call, and for as long as the bytes of that
    // put() are.
    [[nodiscard]] std::string_view body() const;

private:
    class Reader;
    std::unique_ptr<Reader> reader_;
};

} // namespace keybearer
