#include "broker/authserver/RefreshTokens.h"

#include "broker/base/Random.h"

#include <sodium.h>

#include <charconv>

namespace keybearer {

namespace {

constexpr std::string_view prefix = "kbr_";
constexpr std::size_t longestToken = 256;
constexpr std::size_t macBytes = 32;
constexpr std::size_t longestNumber = 18; // of digits; more uses than anybody makes

std::string textToSign(const LocalGrant& grant, std::uint64_t generation) {
    std::string text("keybearer/v1 refresh");
    for (const std::string& part : {grant.id, std::to_string(generation), grant.clientId, grant.service})
        text.append(1, '\0').append(part);
    return text;
}

} // namespace

std::optional<RefreshTokenParts> readRefreshToken(std::string_view token) {
    if (token.size() > longestToken || !token.starts_with(prefix))
        return std::nullopt;
    token.remove_prefix(prefix.size());
    const std::size_t first = token.find('.');
    const std::size_t last = token.rfind('.');
    if (first == std::string_view::npos || first == last || first == 0)
        return std::nullopt;
    const std::string_view number = token.substr(first + 1, last - first - 1);
    RefreshTokenParts parts;
    const auto read = std::from_chars(number.data(), number.data() + number.size(), parts.generation);
    const bool leadingZero = number.size() > 1 && number.front() == '0';
    if (number.empty() || number.size() > longestNumber || leadingZero || read.ec != std::errc() ||
        read.ptr != number.data() + number.size())
        return std::nullopt;
    parts.grantId = token.substr(0, first);
    parts.mac = fromBase64Url(token.substr(last + 1));
    if (parts.mac.size() != macBytes)
        return std::nullopt;
    return parts;
}

Result<std::string> makeRefreshToken(LocalKeys& keys, const LocalGrant& grant, std::uint64_t generation) {
    const Result<std::string> mac = keys.mac(textToSign(grant, generation));
    if (!mac)
        return tl::unexpected(mac.error());
    std::string out(prefix);
    out.append(grant.id).append(".").append(std::to_string(generation)).append(".").append(base64Url(*mac));
    return out;
}

Result<bool> isGenuine(LocalKeys& keys, const LocalGrant& grant, const RefreshTokenParts& parts) {
    const Result<std::string> mac = keys.mac(textToSign(grant, parts.generation));
    if (!mac)
        return tl::unexpected(mac.error());
    return mac->size() == parts.mac.size() &&
           sodium_memcmp(mac->data(), parts.mac.data(), parts.mac.size()) == 0;
}

} // namespace keybearer
