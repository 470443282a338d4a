#include "broker/audit/AuditChain.h"

#include "broker/base/Time.h"

#include <charconv>
#include <sodium.h>

namespace keybearer {

namespace {

constexpr std::size_t longestNumber = 20;

AuditHash hashOf(std::string_view text) {
    AuditHash hash{};
    crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(text.data()),
                       text.size(), nullptr, 0);
    return hash;
}

void putHex(std::string& out, const AuditHash& hash) {
    static constexpr char digits[] = "0123456789abcdef";
    std::array<char, 2 * std::tuple_size_v<AuditHash>> text;
    for (std::size_t i = 0; i < hash.size(); ++i) {
        text[2 * i] = digits[hash[i] >> 4U];
        text[2 * i + 1] = digits[hash[i] & 0xfU];
    }
    out.append(text.data(), text.size());
}

void putNumber(std::string& out, std::int64_t number) {
    std::array<char, longestNumber> text;
    const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), number);
    out.append(text.data(), end);
}

// The part of a line that its hash covers.
void putSigned(std::string& out, std::int64_t sequence, std::string_view at, std::string_view body,
               const AuditHash& prev) {
    out += "{\"seq\":";
    putNumber(out, sequence);
    out += ",\"at\":\"";
    out += at;
    out += '"';
    out += body;
    out += ",\"prev\":\"";
    putHex(out, prev);
    out += '"';
}

} // namespace

void ChainWriter::append(std::string& out, WallTime at, std::string_view body) {
    const std::int64_t second = toUnixSeconds(at);
    if (second != timeSecond_) {
        timeSecond_ = second;
        timeText_ = toRfc3339(at);
    }
    const std::size_t start = out.size();
    putSigned(out, head_.sequence + 1, timeText_, body, head_.hash);
    head_.hash = hashOf(std::string_view(out).substr(start));
    ++head_.sequence;
    out += ",\"hash\":\"";
    putHex(out, head_.hash);
    out += "\"}\n";
}

bool ChainVerifier::accept(const AuditLine& row) {
    ++verdict_.rows;
    if (!verdict_.intact)
        return false;
    if (row.sequence != head_.sequence + 1) {
        refuse(); // the one that is missing, or stands elsewhere
    } else if (row.prev != head_.hash || row.hash != expectedHash(row, head_.hash)) {
        spoil(row.sequence);
    }
    head_ = {row.sequence, row.hash};
    return verdict_.intact;
}

void ChainVerifier::spoil(std::int64_t sequence) {
    if (verdict_.intact)
        verdict_.firstBad = sequence;
    verdict_.intact = false;
}

AuditHash expectedHash(const AuditLine& row, const AuditHash& prev) {
    std::string text;
    putSigned(text, row.sequence, row.at, auditBody(row.event), prev);
    return hashOf(text);
}

} // namespace keybearer
