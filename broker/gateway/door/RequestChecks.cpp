#include "broker/gateway/door/RequestChecks.h"

#include "broker/base/Ascii.h"
#include "broker/gateway/door/FormFields.h"
#include "broker/gateway/upstream/HeaderValue.h"

#include <algorithm>
#include <cstring>

namespace keybearer {

namespace {

Refusal malformed(std::string text) {
    return Refusal{400, "invalid_request", std::move(text), true};
}

// What the fields of one head have said about the body.
struct BodySigns {
    int lengths = 0;
    int codings = 0;
    int hosts = 0;
};

std::optional<Refusal> checkField(std::string_view line, BodySigns& signs) {
    if (line.front() == ' ' || line.front() == '\t')
        return malformed("a header line is folded");
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !isFieldName(line.substr(0, colon)))
        return malformed("a header line has no name");
    const std::string_view name = line.substr(0, colon);
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (equalIgnoringCase(name, "content-length")) {
        const auto digit = [](char c) { return c >= '0' && c <= '9'; };
        if (++signs.lengths > 1 || value.empty() || value.size() > 18 ||
            !std::all_of(value.begin(), value.end(), digit))
            return malformed("the Content-Length is not one number");
    } else if (equalIgnoringCase(name, "transfer-encoding")) {
        if (++signs.codings > 1 || lowered(value) != "chunked")
            return malformed("the Transfer-Encoding is not chunked alone");
    } else if (equalIgnoringCase(name, "host") && ++signs.hosts > 1) {
        return malformed("there is more than one Host");
    }
    return {};
}

std::optional<Refusal> checkRequestLine(std::string_view line) {
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    const auto visible = [](char c) { return c > 0x20 && c < 0x7f; };
    if (first == std::string_view::npos || first == last || !isFieldName(line.substr(0, first)))
        return malformed("the first line is no HTTP request");
    const std::string_view target = line.substr(first + 1, last - first - 1);
    if (target.empty() || !std::all_of(target.begin(), target.end(), visible))
        return malformed("the target of the request is not written as RFC 9112 wants it");
    const std::string_view version = line.substr(last + 1);
    if (version == "HTTP/1.0")
        return Refusal{505, "version_not_supported", "only HTTP/1.1 is spoken here", true};
    if (version != "HTTP/1.1")
        return malformed("only HTTP/1.1 is spoken here");
    return {};
}

int hexValue(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    const char l = lowered(c);
    return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

bool isUnreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

bool isPathCharacter(char c) {
    constexpr std::string_view others = "!$&'()*+,;=:@";
    return isUnreserved(c) || c == '/' || others.find(c) != std::string_view::npos;
}

// One %XX at `at`: what it stands for where that changes no meaning, else itself in capitals. False where it
// hides what separates, ends or escapes.
bool normaliseEscape(std::string_view text, std::size_t at, std::string& out) {
    if (at + 2 >= text.size())
        return false;
    const int high = hexValue(text[at + 1]);
    const int low = hexValue(text[at + 2]);
    if (high < 0 || low < 0)
        return false;
    const char meant = static_cast<char>(high * 16 + low);
    if (isControlCharacter(meant) || meant == '\t' || meant == '/' || meant == '\\' || meant == '%')
        return false;
    if (isUnreserved(meant)) {
        out.push_back(meant);
        return true;
    }
    constexpr std::string_view digits = "0123456789ABCDEF";
    out.push_back('%');
    out.push_back(digits[static_cast<std::size_t>(high)]);
    out.push_back(digits[static_cast<std::size_t>(low)]);
    return true;
}

bool hasOddSegment(std::string_view path) {
    std::size_t begin = 1;
    while (begin <= path.size()) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        const std::string_view segment = path.substr(begin, end - begin);
        if (segment == "." || segment == ".." || (segment.empty() && end != path.size()))
            return true;
        begin = end + 1;
    }
    return false;
}

bool isQueryText(std::string_view query) {
    return std::all_of(query.begin(), query.end(),
                       [](char c) { return isPathCharacter(c) || c == '?' || c == '%'; });
}

std::size_t countOf(const RequestHead& head, std::string_view name) {
    return static_cast<std::size_t>(std::count_if(
        head.fields.begin(), head.fields.end(), [&](const HttpField& field) { return field.first == name; }));
}

// No byte of a block is below 0x20 or 0x7f: eight of them in one look ("Bit Twiddling Hacks", hasless and
// haszero), as most of a head is neither the end of a line nor forbidden.
constexpr std::size_t block = sizeof(std::uint64_t);
bool isPlainBlock(const char* bytes) {
    constexpr std::uint64_t each = 0x0101010101010101;
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, block);
    const std::uint64_t low = (word - each * 0x20) & ~word;
    const std::uint64_t differs = word ^ each * 0x7f;
    const std::uint64_t deleted = (differs - each) & ~differs;
    return ((low | deleted) & each * 0x80) == 0;
}

} // namespace

HeadEnd headEnd(std::string_view bytes, std::size_t seen) {
    const std::size_t limit = std::min(bytes.size(), longestRequestHead);
    for (std::size_t at = seen; at < limit; ++at) {
        if (at > 0 && bytes[at - 1] == '\r' && bytes[at] != '\n')
            return {0, malformed("a CR is not followed by LF")};
        while (at + block <= limit && isPlainBlock(bytes.data() + at))
            at += block;
        while (at < limit && !isControlCharacter(bytes[at]))
            ++at;
        if (at == limit)
            break;
        if (bytes[at] == '\n') {
            if (at == 0 || bytes[at - 1] != '\r')
                return {0, malformed("a line ends without CR")};
            if (at >= 3 && bytes[at - 2] == '\n')
                return {at + 1, {}};
        } else if (bytes[at] != '\r') {
            return {0, malformed("there is a control character in the head")};
        }
    }
    if (bytes.size() > longestRequestHead)
        return {0, Refusal{431, "head_too_large", "the head of the request is longer than 64 KiB", true}};
    return {};
}

std::optional<Refusal> checkFraming(std::string_view head) {
    BodySigns signs;
    std::size_t lines = 0;
    for (std::size_t begin = 0; begin < head.size();) {
        const std::size_t end = head.find("\r\n", begin);
        if (end == std::string_view::npos)
            return malformed("the head is not whole");
        const std::string_view line = head.substr(begin, end - begin);
        begin = end + 2;
        if (line.empty())
            break;
        std::optional<Refusal> refusal = lines == 0 ? checkRequestLine(line) : checkField(line, signs);
        if (refusal)
            return refusal;
        if (lines++ > mostRequestFields)
            return Refusal{431, "too_many_fields", "the request has more than 100 header fields", true};
    }
    if (lines == 0)
        return malformed("the first line is no HTTP request");
    if (signs.lengths + signs.codings > 1)
        return malformed("there are both Content-Length and Transfer-Encoding");
    return {};
}

std::optional<RequestTarget> normalisedTarget(std::string_view target) {
    const std::size_t question = target.find('?');
    const std::string_view path = target.substr(0, question);
    if (path.empty() || path.front() != '/')
        return {};
    RequestTarget out;
    out.path.reserve(path.size());
    for (std::size_t at = 0; at < path.size(); ++at) {
        if (path[at] == '%') {
            if (!normaliseEscape(path, at, out.path))
                return {};
            at += 2;
        } else if (isPathCharacter(path[at])) {
            out.path.push_back(path[at]);
        } else {
            return {};
        }
    }
    if (hasOddSegment(out.path))
        return {};
    if (question != std::string_view::npos)
        out.query = target.substr(question + 1);
    if (!isQueryText(out.query))
        return {};
    return out;
}

NamedHost namedHost(const std::vector<HttpField>& fields, const std::vector<std::string>& hosts) {
    NamedHost out;
    int named = 0;
    for (const HttpField& field : fields) {
        if (field.first == "host" && ++named == 1)
            out.host = lowered(trimmed(field.second));
    }
    if (named != 1)
        return {{}, malformed("a request names exactly one Host")};
    if (std::find(hosts.begin(), hosts.end(), out.host) == hosts.end())
        return {{},
                Refusal{421, "misdirected_request",
                        "this gateway is not reached by that name; use the address that \"keybearer gateway "
                        "status\" shows",
                        true}};
    return out;
}

ComesFrom comesFrom(const RequestHead& head, const std::vector<std::string>& listed, bool page) {
    const std::size_t origins = countOf(head, "origin");
    const std::size_t sites = countOf(head, "sec-fetch-site");
    if (origins + sites == 0)
        return {}; // no browser
    ComesFrom foreign{{},
                      Refusal{403, "origin_not_allowed",
                              "requests of this web page are not answered; a page that may ask stands in "
                              "gateway.allowed_origins of the configuration",
                              false}};
    if (origins > 1 || sites > 1)
        return foreign;
    const std::string origin(head.field("origin"));
    // A form of a page comes from that page alone, whoever else is listed.
    const bool isListed =
        !(page && head.method == "POST") && std::find(listed.begin(), listed.end(), origin) != listed.end();
    if (origins == 1 && origin != head.base && !isListed)
        return foreign;
    const std::string_view site = head.field("sec-fetch-site");
    const bool opened = page && head.method == "GET" && head.field("sec-fetch-mode") == "navigate" &&
                        head.field("sec-fetch-dest") == "document";
    if (!site.empty() && site != "none" && site != "same-origin" && !isListed && !opened)
        return foreign;
    return {isListed ? origin : std::string(), {}};
}

std::string mediaTypeOf(const RequestHead& head) {
    if (countOf(head, "content-type") != 1)
        return {};
    const std::string_view value = head.field("content-type");
    return lowered(trimmed(value.substr(0, value.find(';'))));
}

bool hasTokenInQuery(std::string_view query) {
    const FormFields fields = FormFields::of(query);
    return fields.names("access_token");
}

} // namespace keybearer
