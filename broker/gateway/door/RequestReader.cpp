#include "broker/gateway/door/RequestReader.h"

#include "broker/base/Ascii.h"

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>

namespace keybearer {

namespace http = boost::beast::http;
using boost::beast::error_code;
using boost::beast::string_view;

class RequestReader::Parser : public http::basic_parser<true> {
public:
    Parser() {
        header_limit(static_cast<std::uint32_t>(longestRequestHead));
        body_limit(boost::none); // the route's rules and the connection bound it
        eager(false);
    }

    RequestHead* head = nullptr;
    std::string* target = nullptr;
    std::string* piece = nullptr;
    std::size_t pieceLimit = 0;
    bool lineAwaited = false; // of the chunked framing

private:
    void on_request_impl(http::verb, string_view method, string_view requestTarget, int,
                         error_code& problem) override {
        problem = {};
        head->method.assign(method.data(), method.size());
        target->assign(requestTarget.data(), requestTarget.size());
    }
    void on_response_impl(int, string_view, int, error_code& problem) override {
        problem = http::error::bad_version; // never called: requests are read
    }
    void on_field_impl(http::field, string_view name, string_view value, error_code& problem) override {
        problem = {};
        if (head == nullptr) {
            problem =
                http::error::bad_field; // a trailer: no client of ours has any, and two readers could differ
            return;
        }
        head->fields.emplace_back(lowered(std::string_view(name.data(), name.size())),
                                  std::string(value.data(), value.size()));
    }
    void on_header_impl(error_code& problem) override { problem = {}; }
    void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code& problem) override {
        problem = {};
    }
    std::size_t on_body_impl(string_view body, error_code& problem) override { return take(body, problem); }
    void on_chunk_header_impl(std::uint64_t, string_view, error_code& problem) override { problem = {}; }
    std::size_t on_chunk_body_impl(std::uint64_t, string_view body, error_code& problem) override {
        return take(body, problem);
    }
    void on_finish_impl(error_code& problem) override { problem = {}; }

    std::size_t take(string_view body, error_code& problem) const {
        const std::size_t size = std::min(body.size(), pieceLimit - std::min(piece->size(), pieceLimit));
        piece->append(body.data(), size);
        if (size < body.size())
            problem = http::error::need_buffer;
        else
            problem = {};
        return size;
    }
};

namespace {

constexpr std::size_t usualFields = 16;
// The last chunk with its end, "0 CRLF CRLF". With less of it than this Beast before 1.86 ends the program
// where assertions are compiled in, once it has seen the zero (beast#2861).
constexpr std::size_t shortestFraming = 5;

// What is left of chunked framing where no line of it is whole yet: one that ends otherwise never becomes one
// (RFC 9112 section 2.2), though Beast would wait for the CR.
bool hasBareLineFeed(std::string_view framing) {
    for (std::size_t at = framing.find('\n'); at != std::string_view::npos; at = framing.find('\n', at + 1)) {
        if (at == 0 || framing[at - 1] != '\r')
            return true;
    }
    return false;
}

} // namespace

RequestReader::RequestReader() = default;
RequestReader::~RequestReader() = default;

std::optional<Refusal> RequestReader::readHead(std::string_view head, RequestHead& out, std::string& target) {
    parser_ = std::make_unique<Parser>();
    out.fields.reserve(usualFields);
    parser_->head = &out;
    parser_->target = &target;
    error_code problem;
    const std::size_t taken = parser_->put(boost::asio::buffer(head.data(), head.size()), problem);
    parser_->head = nullptr;
    parser_->target = nullptr;
    if (problem || taken != head.size() || !parser_->is_header_done())
        return Refusal{400, "invalid_request", "this is no HTTP request", true};
    out.bodyLength.reset();
    if (!parser_->chunked()) {
        const boost::optional<std::uint64_t> length = parser_->content_length();
        out.bodyLength = length ? *length : 0;
    }
    parser_->eager(true);
    return {};
}

bool RequestReader::keepsAlive() const {
    return parser_ && parser_->keep_alive();
}

RequestReader::Body RequestReader::readBody(std::string_view& bytes, std::string& piece, std::size_t limit) {
    if (isOver())
        return Body::Over;
    if (bytes.empty())
        return Body::More;
    if (parser_->lineAwaited && bytes.size() < shortestFraming)
        return hasBareLineFeed(bytes) ? Body::Bad : Body::More;
    parser_->piece = &piece;
    parser_->pieceLimit = limit;
    error_code problem;
    const std::size_t taken = parser_->put(boost::asio::buffer(bytes.data(), bytes.size()), problem);
    bytes.remove_prefix(std::min(taken, bytes.size()));
    parser_->piece = nullptr;
    parser_->lineAwaited = false;
    if (problem == http::error::need_buffer)
        return Body::Full;
    if (problem && problem != http::error::need_more)
        return Body::Bad;
    parser_->lineAwaited = problem && parser_->chunked();
    if (parser_->lineAwaited && hasBareLineFeed(bytes))
        return Body::Bad;
    return isOver() ? Body::Over : Body::More;
}

bool RequestReader::isOver() const {
    return !parser_ || parser_->is_done();
}

} // namespace keybearer
