#pragma once

#include <algorithm>
#include <string>
#include <string_view>

// Letters of ASCII alone, whatever the language of the process: names of header fields, schemes, hosts and
// schemes of authentication are compared so (RFC 9110 section 5.1, RFC 3986 section 3.1). Pure.
namespace keybearer {

[[nodiscard]] constexpr char lowered(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

[[nodiscard]] inline std::string lowered(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        c = lowered(c);
    return out;
}

[[nodiscard]] inline bool equalIgnoringCase(std::string_view one, std::string_view other) {
    return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                      [](char a, char b) { return lowered(a) == lowered(b); });
}

// Without spaces and tabs at either end: OWS of RFC 9110 section 5.6.3.
[[nodiscard]] inline std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blank = " \t";
    const std::size_t begin = text.find_first_not_of(blank);
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(blank) - begin + 1);
}

} // namespace keybearer
