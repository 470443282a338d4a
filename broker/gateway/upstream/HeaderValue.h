#pragma once

#include <array>
#include <string>
#include <string_view>

namespace keybearer {

// What a byte of a header is. A table, since every byte of every head is looked up, some of them more than
// once.
namespace byteKinds {
inline constexpr unsigned char token = 1;   // RFC 9110 section 5.6.2
inline constexpr unsigned char control = 2; // HTAB is none
inline constexpr unsigned char inside = 4;  // visible ASCII, space and HTAB
inline constexpr auto of = [] {
    std::array<unsigned char, 256> out{};
    for (unsigned c = 0; c < 128; ++c) {
        const bool word = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (word || std::string_view("!#$%&'*+-.^_`|~").find(static_cast<char>(c)) != std::string_view::npos)
            out[c] |= token;
        if ((c < 0x20 && c != '\t') || c == 0x7f)
            out[c] |= control;
        else
            out[c] |= inside;
    }
    return out;
}();
} // namespace byteKinds

[[nodiscard]] constexpr bool isTokenCharacter(char c) {
    return (byteKinds::of[static_cast<unsigned char>(c)] & byteKinds::token) != 0;
}
[[nodiscard]] constexpr bool isControlCharacter(char c) {
    return (byteKinds::of[static_cast<unsigned char>(c)] & byteKinds::control) != 0;
}

// RFC 9110 section 5.1: a token.
[[nodiscard]] bool isFieldName(std::string_view name);
// What this process lets out as the value of a field: visible ASCII, spaces and tabs inside; no CR, LF, NUL
// and nothing of 8 bits (T-28).
[[nodiscard]] bool isFieldValue(std::string_view value);
// Mcp-Name and Mcp-Param-* (2026-07-28, Value Encoding): as it is where it can be, else =?base64?...?=.
[[nodiscard]] std::string mcpHeaderValue(std::string_view text);

} // namespace keybearer
