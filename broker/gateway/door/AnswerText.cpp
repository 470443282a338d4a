#include "broker/gateway/door/AnswerText.h"

#include "broker/base/Ascii.h"

#include <boost/beast/http/status.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>

namespace keybearer {

namespace {

using namespace std::string_view_literals;

constexpr std::size_t keptHead = std::size_t{8} << 10;
constexpr std::array<std::string_view, 6> ownFields{"connection", "transfer-encoding", "content-length",
                                                    "keep-alive", "upgrade",           "trailer"};

bool isSendable(const HttpField& field) {
    const auto breaks = [](char c) { return c == '\r' || c == '\n' || c == '\0'; };
    return !field.first.empty() &&
           std::none_of(field.first.begin(), field.first.end(),
                        [&](char c) { return breaks(c) || c == ':' || c == ' '; }) &&
           std::none_of(field.second.begin(), field.second.end(), breaks) &&
           std::none_of(ownFields.begin(), ownFields.end(),
                        [&](std::string_view own) { return equalIgnoringCase(field.first, own); });
}

void appendNumber(std::string& out, std::uint64_t number) {
    std::array<char, 24> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

} // namespace

std::string_view AnswerText::head(const AnswerHead& head, Framing framing, bool closes,
                                  const std::vector<HttpField>& more) {
    std::string& out = head_;
    out.clear();
    if (out.capacity() > keptHead)
        out.shrink_to_fit();
    out.append("HTTP/1.1 "sv);
    appendNumber(out, static_cast<std::uint64_t>(std::clamp(head.status, 200, 599)));
    const auto reason = boost::beast::http::obsolete_reason(
        static_cast<boost::beast::http::status>(std::clamp(head.status, 200, 599)));
    out.append(" "sv).append(reason.data(), reason.size()).append("\r\n"sv);
    bool dated = false;
    for (const std::vector<HttpField>* fields : {&head.fields, &more}) {
        for (const HttpField& field : *fields) {
            if (!isSendable(field))
                continue;
            dated = dated || equalIgnoringCase(field.first, "date");
            out.append(field.first).append(": "sv).append(field.second).append("\r\n"sv);
        }
    }
    if (!dated)
        out.append("date: "sv).append(date()).append("\r\n"sv);
    if (framing == Framing::Chunks)
        out.append("transfer-encoding: chunked\r\n"sv);
    if (head.bodyLength && head.status != 204 && head.status != 304) {
        out.append("content-length: "sv);
        appendNumber(out, *head.bodyLength);
        out.append("\r\n"sv);
    }
    if (closes)
        out.append("connection: close\r\n"sv);
    return out.append("\r\n"sv);
}

// RFC 9110 section 5.6.7, once a second.
const std::string& AnswerText::date() {
    const std::time_t now = std::time(nullptr);
    if (now != second_) {
        second_ = now;
        std::tm parts{};
        ::gmtime_r(&now, &parts);
        std::array<char, 64> text{};
        const std::size_t size = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
        date_.assign(text.data(), size);
    }
    return date_;
}

std::string chunkSizeLine(std::size_t size) {
    std::array<char, 24> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), size, 16).ptr;
    std::string out(digits.data(), end);
    return out.append("\r\n");
}

} // namespace keybearer
