#include "broker/access/ClientKey.h"

#include "broker/base/Random.h"

#include <algorithm>
#include <boost/crc.hpp>
#include <sodium.h>

namespace keybearer {

namespace {

constexpr std::string_view prefix = "kbk_";
constexpr std::string_view alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr std::size_t randomLength = 43;  // 62^43 is just above 2^256
constexpr std::size_t checksumLength = 6; // 62^6 is above 2^32
static_assert(prefix.size() + randomLength + checksumLength == clientKeyLength);

void putChecksum(std::string& key) {
    boost::crc_32_type crc;
    crc.process_bytes(key.data() + prefix.size(), randomLength);
    auto rest = static_cast<std::uint32_t>(crc.checksum());
    for (std::size_t i = clientKeyLength; i > prefix.size() + randomLength; --i) {
        key[i - 1] = alphabet[rest % alphabet.size()];
        rest /= static_cast<std::uint32_t>(alphabet.size());
    }
}

} // namespace

Secret newClientKey() {
    std::string key(prefix);
    key.resize(clientKeyLength, alphabet.front());
    for (std::size_t i = 0; i < randomLength; ++i)
        key[prefix.size() + i] = alphabet[::randombytes_uniform(static_cast<std::uint32_t>(alphabet.size()))];
    putChecksum(key);
    return Secret::takeFrom(key);
}

bool isClientKey(std::string_view text) {
    if (text.size() != clientKeyLength || text.substr(0, prefix.size()) != prefix ||
        !std::all_of(text.begin() + prefix.size(), text.end(),
                     [](char c) { return alphabet.find(c) != std::string_view::npos; }))
        return false;
    std::string expected(text);
    putChecksum(expected);
    const bool fits = expected == text;
    wipe(expected);
    return fits;
}

std::string clientKeyHash(std::string_view key) {
    return sha256(key);
}

bool sameKeyHash(std::string_view left, std::string_view right) {
    return left.size() == right.size() && !left.empty() &&
           ::sodium_memcmp(left.data(), right.data(), left.size()) == 0;
}

} // namespace keybearer
