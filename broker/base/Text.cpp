#include "broker/base/Text.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <optional>

namespace keybearer {

namespace {

// Decodes one code point at `at` and moves past it; nothing if the bytes there are no UTF-8.
std::optional<char32_t> decode(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(at);
    if (first < 0x80) {
        ++at;
        return first;
    }
    const int length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
    if (length == 0 || first > 0xF4 || at + static_cast<std::size_t>(length) > text.size())
        return std::nullopt;
    char32_t point = first & (0xFFU >> (length + 1));
    for (int i = 1; i < length; ++i) {
        const unsigned char next = byte(at + static_cast<std::size_t>(i));
        if ((next & 0xC0) != 0x80)
            return std::nullopt;
        point = (point << 6) | (next & 0x3FU);
    }
    if ((length == 3 && point < 0x800) || (length == 4 && point < 0x10000) || point > 0x10FFFF ||
        (point >= 0xD800 && point <= 0xDFFF))
        return std::nullopt;
    at += static_cast<std::size_t>(length);
    return point;
}

bool isHidden(char32_t c) {
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) ||   // C0, DEL, C1
           c == 0xAD || c == 0x61C || c == 0xFEFF || // soft hyphen, Arabic letter mark, byte order mark
           (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
           (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE007F);
}

void appendEscape(std::string& out, std::uint32_t value) {
    char escape[16];
    std::snprintf(escape, sizeof escape, "\\u{%X}", value);
    out += escape;
}

// How many characters at the front are visible ASCII and spaces.
std::size_t plainRun(std::string_view text) {
    const auto end = std::find_if(text.begin(), text.end(), [](char c) { return c < ' ' || c > '~'; });
    return static_cast<std::size_t>(end - text.begin());
}

} // namespace

std::string displaySafe(std::string_view text, std::size_t limit) {
    std::string out;
    std::size_t at = 0;
    for (std::size_t shown = 0; at < text.size(); ++shown) {
        const std::size_t plain = plainRun(text.substr(at, limit - shown)); // all there is, as a rule
        out.append(text, at, plain);
        at += plain;
        shown += plain;
        if (at == text.size())
            break;
        if (shown == limit)
            return out + "...";
        const std::size_t start = at;
        const std::optional<char32_t> point = decode(text, at);
        if (!point) {
            appendEscape(out, static_cast<unsigned char>(text[at]));
            ++at;
        } else if (isHidden(*point)) {
            appendEscape(out, *point);
        } else {
            out.append(text.substr(start, at - start));
        }
    }
    return out;
}

bool isValidUtf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        if (!decode(text, at))
            return false;
    }
    return true;
}

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
    // Damerau-Levenshtein on short words only: an endless word must not cost a quadratic table.
    constexpr std::size_t longest = 64;
    if (word.size() > longest)
        return {};
    std::string best;
    std::size_t bestDistance = std::max<std::size_t>(2, word.size() / 3) + 1;
    for (const std::string& candidate : candidates) {
        if (candidate.size() > longest)
            continue;
        const std::size_t columns = candidate.size() + 1;
        std::vector<std::size_t> beforeLast(columns), last(columns), current(columns);
        for (std::size_t j = 0; j < columns; ++j)
            last[j] = j;
        for (std::size_t i = 1; i <= word.size(); ++i) {
            current[0] = i;
            for (std::size_t j = 1; j < columns; ++j) {
                const std::size_t change = word[i - 1] == candidate[j - 1] ? 0 : 1;
                current[j] = std::min({last[j] + 1, current[j - 1] + 1, last[j - 1] + change});
                if (i > 1 && j > 1 && word[i - 1] == candidate[j - 2] && word[i - 2] == candidate[j - 1])
                    current[j] = std::min(current[j], beforeLast[j - 2] + 1);
            }
            std::swap(beforeLast, last);
            std::swap(last, current);
        }
        if (last[columns - 1] < bestDistance) {
            bestDistance = last[columns - 1];
            best = candidate;
        }
    }
    return best;
}

std::vector<std::string> splitWords(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        const std::size_t space = text.find(' ');
        if (space != 0)
            words.emplace_back(text.substr(0, space));
        if (space == std::string_view::npos)
            break;
        text.remove_prefix(space + 1);
    }
    return words;
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
    std::string out;
    for (const std::string& part : parts) {
        if (!out.empty())
            out += separator;
        out += part;
    }
    return out;
}

bool isBearerToken(std::string_view text) {
    if (text.empty())
        return false;
    std::size_t end = text.size();
    while (end > 0 && text[end - 1] == '=')
        --end;
    return end > 0 && std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '-' || c == '.' || c == '_' || c == '~' || c == '+' || c == '/';
           });
}

bool isVisibleAscii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c <= 0x7E; });
}

} // namespace keybearer
