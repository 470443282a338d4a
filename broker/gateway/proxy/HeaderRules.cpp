#include "broker/gateway/proxy/HeaderRules.h"

#include "broker/base/Ascii.h"
#include "broker/base/Text.h"
#include "broker/gateway/upstream/HeaderValue.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace keybearer {

namespace {

// A list of names, and by first letter the lengths that occur in it: most fields of a message are in none of
// the lists, and are told so without a comparison.
template <std::size_t Count>
class NameList {
public:
    constexpr explicit NameList(const std::array<std::string_view, Count>& sorted) : sorted_(sorted) {
        for (const std::string_view name : sorted)
            lengths_[static_cast<std::size_t>(name.front() - 'a')] |= 1U << name.size();
    }
    [[nodiscard]] bool has(std::string_view name) const {
        if (name.empty() || name.size() > 31 || name.front() < 'a' || name.front() > 'z')
            return false;
        const std::uint32_t lengths = lengths_[static_cast<std::size_t>(name.front() - 'a')];
        return (lengths >> name.size() & 1U) != 0 && std::binary_search(sorted_.begin(), sorted_.end(), name);
    }

private:
    std::array<std::string_view, Count> sorted_;
    std::array<std::uint32_t, 26> lengths_{};
};

// Sorted, for the search. Hop-by-hop: RFC 9110 section 7.6.1.
constexpr NameList hopByHop(std::array{
    std::string_view("connection"),
    std::string_view("keep-alive"),
    std::string_view("proxy-connection"),
    std::string_view("te"),
    std::string_view("trailer"),
    std::string_view("transfer-encoding"),
    std::string_view("upgrade"),
});
// Beside everything that begins as in beginsAsKeptBack(): credentials, claims about the way, the framing
// (which is made anew) and what a browser adds.
constexpr NameList neverUp(std::array{
    std::string_view("authorization"),
    std::string_view("client-cert"),
    std::string_view("client-cert-chain"),
    std::string_view("content-length"),
    std::string_view("cookie"),
    std::string_view("cookie2"),
    std::string_view("dpop"),
    std::string_view("expect"),
    std::string_view("forwarded"),
    std::string_view("host"),
    std::string_view("http2-settings"),
    std::string_view("origin"),
    std::string_view("proxy"),
    std::string_view("referer"),
    std::string_view("ssl-client-cert"),
    std::string_view("via"),
    std::string_view("x-auth-method"),
    std::string_view("x-client-cert"),
    std::string_view("x-client-dn"),
    std::string_view("x-client-verify"),
    std::string_view("x-cluster-client-ip"),
    std::string_view("x-real-ip"),
});
constexpr NameList neverDown(std::array{
    std::string_view("alt-svc"),
    std::string_view("content-length"),
    std::string_view("date"), // the door's own
    std::string_view("dpop-nonce"),
    std::string_view("set-cookie"),
    std::string_view("set-cookie2"),
    std::string_view("strict-transport-security"),
    std::string_view("www-authenticate"),
});

// CGI and WSGI have one spelling for both, and take X_User_Id for X-User-Id.
std::string dashed(std::string_view name) {
    std::string out(name);
    std::replace(out.begin(), out.end(), '_', '-');
    return out;
}

bool beginsAsKeptBack(std::string_view name) {
    switch (name.empty() ? '\0' : name.front()) {
    case 's':
        return name.starts_with("sec-") || name.starts_with("ssl-client-");
    case 'p':
        return name.starts_with("proxy-");
    case 'x':
        return name.starts_with("x-forwarded-") || name.starts_with("x-user-") ||
               name.starts_with("x-ssl-client-") || name.starts_with("x-client-cert") ||
               name == "x-forwarded";
    default:
        return false;
    }
}

bool keptBackUp(std::string_view name) {
    if (name.find('_') == std::string_view::npos)
        return hopByHop.has(name) || neverUp.has(name) || beginsAsKeptBack(name);
    return keptBackUp(dashed(name));
}

// The fields that Connection names belong to the connection as well, whatever they are.
bool namedByConnection(const std::vector<std::string_view>& connection, std::string_view name) {
    for (std::string_view rest : connection) {
        while (!rest.empty()) {
            const std::size_t comma = rest.find(',');
            if (equalIgnoringCase(trimmed(rest.substr(0, comma)), name))
                return true;
            rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
        }
    }
    return false;
}

std::vector<std::string_view> connectionOf(const std::vector<HttpField>& fields) {
    std::vector<std::string_view> values;
    for (const auto& [name, value] : fields) {
        if (name == "connection" && !equalIgnoringCase(value, "keep-alive") &&
            !equalIgnoringCase(value, "close"))
            values.emplace_back(value);
    }
    return values;
}

// What this process lets in as the value of a field of an answer: RFC 9110 section 5.5, 8 bits included.
bool isAnswerValue(std::string_view value) {
    return std::all_of(value.begin(), value.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte == '\t' || (byte >= ' ' && byte != 0x7f);
    });
}

} // namespace

std::vector<HttpField> fieldsForServer(const RequestHead& head) {
    const std::vector<std::string_view> connection = connectionOf(head.fields);
    std::vector<HttpField> out;
    out.reserve(head.fields.size());
    for (const auto& [name, value] : head.fields) {
        if (keptBackUp(name))
            continue;
        if (!connection.empty() && namedByConnection(connection, name))
            continue;
        if (isFieldName(name) && isFieldValue(value))
            out.emplace_back(name, value);
    }
    return out;
}

AnswerHead headForClient(const UpstreamHead& head) {
    const std::vector<std::string_view> connection = connectionOf(head.fields);
    AnswerHead out;
    out.status = head.status;
    out.fields.reserve(head.fields.size());
    const std::string_view length = head.field("content-length");
    std::uint64_t bytes = 0;
    const auto [end, problem] = std::from_chars(length.data(), length.data() + length.size(), bytes);
    const bool chunked = !head.field("transfer-encoding").empty();
    if (!length.empty() && !chunked && problem == std::errc() && end == length.data() + length.size())
        out.bodyLength = bytes;
    for (const auto& [name, value] : head.fields) {
        if (hopByHop.has(name) || neverDown.has(name) || name.starts_with("access-control-") ||
            name.starts_with("proxy-"))
            continue;
        if (!connection.empty() && namedByConnection(connection, name))
            continue;
        if (isFieldName(name) && isAnswerValue(value))
            out.fields.emplace_back(name, value);
    }
    return out;
}

std::string_view bearerOf(const RequestHead& head) {
    std::string_view found;
    for (const auto& [name, value] : head.fields) {
        if (name != "authorization")
            continue;
        if (!found.empty())
            return {};
        found = value;
    }
    const std::size_t space = found.find(' ');
    if (space == std::string_view::npos || !equalIgnoringCase(found.substr(0, space), "bearer"))
        return {};
    const std::string_view token = trimmed(found.substr(space + 1));
    return isBearerToken(token) ? token : std::string_view();
}

bool bringsCredential(const RequestHead& head) {
    return std::any_of(head.fields.begin(), head.fields.end(),
                       [](const HttpField& field) { return field.first == "authorization"; });
}

} // namespace keybearer
