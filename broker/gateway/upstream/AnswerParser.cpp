#include "broker/gateway/upstream/AnswerParser.h"

#include "broker/base/Ascii.h"

#include <boost/beast/http/basic_parser.hpp>

namespace keybearer {

namespace {

namespace http = boost::beast::http;
using boost::beast::error_code;
using View = boost::beast::string_view;

constexpr std::uint32_t longestHead = 64 * 1024;
constexpr std::size_t mostFields = 1000;
constexpr std::size_t usualFields = 16;
// The last chunk with its end, "0 CRLF CRLF". With less of it than this Beast before 1.86 ends the program
// where assertions are compiled in, once it has seen the zero (beast#2861).
constexpr std::size_t shortestFraming = 5;

} // namespace

class AnswerParser::Reader {
public:
    class Parser final : public http::basic_parser<false> {
    public:
        explicit Parser(Reader& to) : to_(to) {
            header_limit(longestHead);
            body_limit(boost::none);
            eager(true);
        }

    private:
        void on_request_impl(http::verb, View, View, int, error_code&) override {}
        void on_response_impl(int code, View, int, error_code& error) override {
            to_.head.status = code;
            if (code < 100) // RFC 9110 section 15: the first digit is 1 to 5
                error = http::error::bad_status;
        }
        void on_field_impl(http::field, View name, View value, error_code& error) override {
            if (to_.headDone)
                return; // a trailer
            if (to_.head.fields.size() >= mostFields) {
                error = http::error::header_limit;
                return;
            }
            to_.head.fields.emplace_back(lowered(std::string_view(name.data(), name.size())),
                                         std::string(value.data(), value.size()));
        }
        void on_header_impl(error_code&) override { to_.headDone = to_.head.status >= 200; }
        void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
        std::size_t on_body_impl(View bytes, error_code&) override { return to_.take(bytes); }
        void on_chunk_header_impl(std::uint64_t, View, error_code&) override {}
        std::size_t on_chunk_body_impl(std::uint64_t, View bytes, error_code&) override {
            return to_.take(bytes);
        }
        void on_finish_impl(error_code&) override {}

        Reader& to_;
    };

    void reset(bool answersHead) {
        toHead = answersHead;
        head.status = 0;
        head.fields.clear();
        head.fields.reserve(usualFields);
        headDone = false;
        lineAwaited = false;
        clearBody();
        parser.emplace(*this);
        parser->skip(toHead);
    }
    void clearBody() {
        body = {};
        gathered.clear();
    }
    // The pieces of one put() lie apart only where there is something between them.
    std::size_t take(View bytes) {
        const std::string_view piece(bytes.data(), bytes.size());
        if (body.empty()) {
            body = piece;
        } else {
            if (gathered.empty())
                gathered.assign(body);
            gathered.append(piece);
            body = gathered;
        }
        return bytes.size();
    }

    std::optional<Parser> parser;
    UpstreamHead head;
    bool toHead = false;
    bool headDone = false;
    bool lineAwaited = false; // of the chunked framing
    std::string_view body;
    std::string gathered;
};

AnswerParser::AnswerParser() : reader_(std::make_unique<Reader>()) {
    reader_->reset(false);
}
AnswerParser::~AnswerParser() = default;

void AnswerParser::reset(bool toHead) {
    reader_->reset(toHead);
}

std::optional<std::size_t> AnswerParser::put(std::string_view bytes) {
    reader_->clearBody();
    if (reader_->lineAwaited && bytes.size() < shortestFraming)
        return 0;
    std::size_t used = 0;
    while (used < bytes.size() && !done()) {
        error_code error;
        const std::size_t count =
            reader_->parser->put(boost::asio::const_buffer(bytes.data() + used, bytes.size() - used), error);
        used += count;
        if (error && error != http::error::need_more)
            return std::nullopt;
        reader_->lineAwaited = error && reader_->parser->is_header_done() && reader_->parser->chunked();
        if (reader_->parser->is_done() && !reader_->headDone)
            reader_->reset(reader_->toHead); // 100, 103: the answer follows
        else if (error || count == 0)
            break;
    }
    return used;
}

bool AnswerParser::putEnd() {
    error_code error;
    reader_->clearBody();
    if (!reader_->headDone)
        return false;
    reader_->parser->put_eof(error);
    return !error && done();
}

bool AnswerParser::headDone() const {
    return reader_->headDone;
}
bool AnswerParser::done() const {
    return reader_->headDone && reader_->parser->is_done();
}
bool AnswerParser::keepsAlive() const {
    return reader_->parser->keep_alive();
}
UpstreamHead& AnswerParser::head() {
    return reader_->head;
}
std::string_view AnswerParser::body() const {
    return reader_->body;
}

} // namespace keybearer
