#include "broker/audit/AuditChain.h"

#include "broker/base/Time.h"

#include <charconv>
#include <sodium.h>

namespace keybearer {

namespace {

constexpr std::size_t longestNumber = 20;

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
    if (!row || row->sequence != head_.sequence + 1) {
        spoil(head_.sequence + 1); // the one that should be here, and is missing or unreadable
    } else if (row->prev != head_.hash || row->hash != hashOfLine(line)) {
        spoil(row->sequence);
    }
    head_ = row ? ChainHead{row->sequence, row->hash} : ChainHead{head_.sequence + 1, {}};
}

void ChainVerifier::spoil(std::int64_t sequence) {
    if (verdict_.intact)
        verdict_.firstBad = sequence;
    verdict_.intact = false;
}

} // namespace keybearer
