#include "broker/gateway/upstream/HeaderValue.h"

#include "broker/base/Random.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::string_view opening = "=?base64?";
constexpr std::string_view closing = "?=";

bool isBlank(char c) {
    return c == ' ' || c == '\t';
}

std::string base64(std::string_view bytes) {
    std::string text = base64Url(bytes);
    std::replace(text.begin(), text.end(), '-', '+');
    std::replace(text.begin(), text.end(), '_', '/');
    text.append((4 - text.size() % 4) % 4, '=');
    return text;
}

} // namespace

bool isFieldName(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) { return isTokenCharacter(c); });
}

bool isFieldValue(std::string_view value) {
    if (value.empty())
        return true;
    if (isBlank(value.front()) || isBlank(value.back()))
        return false;
    return std::all_of(value.begin(), value.end(), [](char c) {
        return (byteKinds::of[static_cast<unsigned char>(c)] & byteKinds::inside) != 0;
    });
}

std::string mcpHeaderValue(std::string_view text) {
    const bool looksEncoded = text.starts_with(opening) && text.ends_with(closing);
    if (isFieldValue(text) && !looksEncoded)
        return std::string(text);
    return std::string(opening).append(base64(text)).append(closing);
}

} // namespace keybearer
