#include "broker/audit/AuditSeal.h"

#include <charconv>
#include <sodium.h>

namespace keybearer {

namespace {

// "1 SEQUENCE HASH KEY", the last two in hexadecimal digits: a text, because some keychains hold nothing
// else.
constexpr std::string_view version = "1 ";
constexpr std::size_t hashDigits = 64;
constexpr std::size_t keyDigits = 2 * AuditKey::length;

Error damaged() {
    return {ErrorCode::ParseError, "the seal of the audit log in the store is damaged"};
}

bool fromHex(std::string_view digits, unsigned char* out, std::size_t size) {
    std::size_t read = 0;
    return sodium_hex2bin(out, size, digits.data(), digits.size(), nullptr, &read, nullptr) == 0 &&
           read == size;
}

} // namespace

Result<AuditSeal> AuditSeal::parse(const Secret& item) {
    std::string_view text = item.reveal();
    ChainHead head;
    if (!text.starts_with(version))
        return failure(damaged());
    text.remove_prefix(version.size());
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), head.sequence);
    if (error != std::errc() || head.sequence < 0)
        return failure(damaged());
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    std::array<unsigned char, AuditKey::length> bytes{};
    const bool sound = text.size() == 2 + hashDigits + keyDigits && text[0] == ' ' &&
                       text[1 + hashDigits] == ' ' &&
                       fromHex(text.substr(1, hashDigits), head.hash.data(), head.hash.size()) &&
                       fromHex(text.substr(2 + hashDigits), bytes.data(), bytes.size());
    if (!sound) {
        sodium_memzero(bytes.data(), bytes.size());
        return failure(damaged());
    }
    std::string key(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    sodium_memzero(bytes.data(), bytes.size());
    return AuditSeal(AuditKey(Secret::takeFrom(key)), head);
}

Secret AuditSeal::item(const ChainHead& head) const {
    std::string text(version);
    text += std::to_string(head.sequence);
    text += ' ';
    text += hexOf(head.hash);
    text += ' ';
    std::array<char, keyDigits + 1> digits{};
    const std::string_view key = key_.bytes();
    sodium_bin2hex(digits.data(), digits.size(), reinterpret_cast<const unsigned char*>(key.data()),
                   key.size());
    text.append(digits.data(), keyDigits);
    sodium_memzero(digits.data(), digits.size());
    return Secret::takeFrom(text);
}

} // namespace keybearer
