#include "broker/audit/AuditChain.h"

#include "broker/base/Time.h"

#include <charconv>
#include <sodium.h>

namespace keybearer {

namespace {

constexpr std::size_t longestNumber = 20;
constexpr std::size_t mostFindings = 16; // whoever made more of them has made his point

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

} // namespace

std::string hexOf(const AuditHash& hash) {
    std::string out;
    putHex(out, hash);
    return out;
}

void ChainWriter::append(std::string& out, WallTime at, std::string_view body) {
    const std::int64_t second = toUnixSeconds(at);
    if (second != timeSecond_) {
        timeSecond_ = second;
        timeText_ = toRfc3339(at);
    }
    const std::size_t start = out.size();
    out += "{\"seq\":";
    putNumber(out, head_.sequence + 1);
    out += ",\"at\":\"";
    out += timeText_;
    out += '"';
    out += body;
    out += ",\"prev\":\"";
    putHex(out, head_.hash);
    out += '"';
    const std::string_view covered = std::string_view(out).substr(start);
    crypto_generichash(head_.hash.data(), head_.hash.size(),
                       reinterpret_cast<const unsigned char*>(covered.data()), covered.size(), nullptr, 0);
    ++head_.sequence;
    out += ",\"hash\":\"";
    putHex(out, head_.hash);
    out += "\"}\n";
}

void ChainVerifier::accept(std::string_view line) {
    ++verdict_.rows;
    const std::optional<AuditLine> row = parseAuditLine(line);
    const std::int64_t expected = head_.sequence + 1;
    if (!row)
        spoil(expected, "unreadable");
    else if (row->sequence != expected)
        spoil(expected, row->sequence > expected ? "missing" : "order");
    else if (row->hash != hashOfLine(line))
        spoil(row->sequence, "edited");
    else if (row->prev != head_.hash)
        spoil(row->sequence, "order");
    head_ = row ? ChainHead{row->sequence, row->hash} : ChainHead{expected, {}};
}

void ChainVerifier::spoil(std::int64_t sequence, const char* what) {
    if (verdict_.intact)
        verdict_.firstBad = sequence;
    verdict_.intact = false;
    if (verdict_.findings.size() < mostFindings)
        verdict_.findings.push_back({sequence, what});
}

void ChainVerifier::noteSeal(std::int64_t through, const char* by) {
    verdict_.sealedThrough = through;
    verdict_.sealedBy = by;
}

} // namespace keybearer
