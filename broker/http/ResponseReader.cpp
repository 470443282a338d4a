#include "broker/http/ResponseReader.h"

#include <boost/beast/core/buffers_range.hpp>
#include <boost/beast/http/parser.hpp>

#include <algorithm>
#include <optional>

namespace keybearer {

namespace {

namespace http = boost::beast::http;
using boost::beast::error_code;

// Status line and headers of an answer; no honest token endpoint comes near.
constexpr std::uint32_t headLimit = std::uint32_t{64} << 10;
constexpr int mostInterim = 8; // responses of 1xx before the real one
constexpr int leastStatus = 100;

// Grows by hand, so that what it leaves behind is wiped.
void append(std::string& body, std::string_view bytes) {
    if (body.size() + bytes.size() > body.capacity()) {
        std::string larger;
        larger.reserve(std::max(body.size() + bytes.size(), body.capacity() * 2));
        larger = body; // fits: no further allocation
        wipe(body);
        body.swap(larger);
    }
    body.append(bytes);
}

// A body as Beast's parser hands it over.
struct WipedBody {
    using value_type = std::string;
    class reader {
    public:
        template <bool isRequest, class Fields>
        reader(http::header<isRequest, Fields>&, value_type& body) : body_(body) {}
        template <class Length>
        void init(const Length&, error_code& problem) {
            problem = {};
        }
        template <class Buffers>
        std::size_t put(const Buffers& buffers, error_code& problem) {
            std::size_t taken = 0;
            for (const boost::asio::const_buffer buffer : boost::beast::buffers_range_ref(buffers)) {
                append(body_, {static_cast<const char*>(buffer.data()), buffer.size()});
                taken += buffer.size();
            }
            problem = {};
            return taken;
        }
        static void finish(error_code& problem) { problem = {}; }

    private:
        value_type& body_;
    };
};

tl::unexpected<Error> refused(const error_code& problem) {
    if (problem == http::error::body_limit)
        return failure(ErrorCode::ProviderError, "The answer is larger than it may be");
    if (problem == http::error::header_limit)
        return failure(ErrorCode::ProviderError, "The headers of the answer are larger than they may be");
    return failure(ErrorCode::ProviderUnavailable, "The answer is no HTTP");
}

} // namespace

struct ResponseReader::Parser {
    explicit Parser(std::size_t limit) : bodyLimit(limit) { begin(); }
    void begin() {
        reading.emplace();
        reading->eager(true);
        reading->header_limit(headLimit);
        reading->body_limit(bodyLimit);
    }
    [[nodiscard]] bool interim() const { return reading->is_done() && reading->get().result_int() < 200; }

    [[nodiscard]] std::size_t headSize() const {
        std::size_t size = 0;
        for (const auto& field : reading->get())
            size += field.name_string().size() + field.value().size();
        return size;
    }

    std::size_t bodyLimit;
    std::optional<http::response_parser<WipedBody>> reading;
    std::string pending; // arrived, not yet understood
    int interims = 0;
};

ResponseReader::ResponseReader(std::size_t bodyLimit) : parser_(std::make_unique<Parser>(bodyLimit)) {}

ResponseReader::~ResponseReader() {
    wipe(parser_->pending);
    wipe(parser_->reading->get().body());
}

Result<bool> ResponseReader::take(std::string_view bytes) {
    append(parser_->pending, bytes);
    while (!parser_->reading->is_done() && !parser_->pending.empty()) {
        error_code problem;
        const std::size_t taken = parser_->reading->put(
            boost::asio::buffer(parser_->pending.data(), parser_->pending.size()), problem);
        parser_->pending.erase(0, taken);
        if (hasHead() ? parser_->headSize() > headLimit : parser_->pending.size() > headLimit)
            problem =
                http::error::header_limit; // Beast's own limit is for what it has to look through at once
        if (hasHead() && status() < leastStatus)
            problem = http::error::bad_status; // or its body would pass for that of a response
        if (problem == http::error::need_more)
            return false;
        if (problem)
            return refused(problem);
        if (parser_->interim()) {
            if (parser_->reading->get().result_int() == 101 || ++parser_->interims > mostInterim)
                return failure(ErrorCode::ProviderUnavailable, "The answer is no HTTP");
            parser_->begin();
        }
    }
    return parser_->reading->is_done();
}

Result<void> ResponseReader::end() {
    if (parser_->reading->is_done())
        return {};
    error_code problem;
    if (hasHead())
        parser_->reading->put_eof(problem);
    if (!hasHead() || problem || !parser_->reading->is_done())
        return failure(ErrorCode::ProviderUnavailable, "The connection ended before the answer did");
    return {};
}

bool ResponseReader::hasHead() const {
    return parser_->reading->is_header_done();
}

int ResponseReader::status() const {
    return static_cast<int>(parser_->reading->get().result_int());
}

std::string ResponseReader::header(std::string_view name) const {
    const auto& fields = parser_->reading->get();
    const auto found = fields.find(boost::beast::string_view(name.data(), name.size()));
    return found == fields.end() ? std::string() : std::string(found->value());
}

HttpResponse ResponseReader::takeResponse() {
    auto& message = parser_->reading->get();
    HttpResponse response;
    response.status = static_cast<int>(message.result_int());
    for (const auto& field : message)
        response.headers.push_back({std::string(field.name_string()), std::string(field.value())});
    response.body = Secret::takeFrom(message.body());
    return response;
}

} // namespace keybearer
