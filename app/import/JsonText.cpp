#include "app/import/JsonText.h"

#include "app/import/JsonTextReader.h"

#include <algorithm>
#include <charconv>
#include <cstdio>

namespace keybearer {

namespace {

void appendUtf8(std::string& out, std::uint32_t point) {
    const auto byte = [&out](std::uint32_t value) { out += static_cast<char>(value); };
    if (point < 0x80) {
        byte(point);
    } else if (point < 0x800) {
        byte(0xC0U | (point >> 6));
        byte(0x80U | (point & 0x3FU));
    } else if (point < 0x10000) {
        byte(0xE0U | (point >> 12));
        byte(0x80U | ((point >> 6) & 0x3FU));
        byte(0x80U | (point & 0x3FU));
    } else {
        byte(0xF0U | (point >> 18));
        byte(0x80U | ((point >> 12) & 0x3FU));
        byte(0x80U | ((point >> 6) & 0x3FU));
        byte(0x80U | (point & 0x3FU));
    }
}

std::uint32_t hexAt(std::string_view text, std::size_t at) {
    std::uint32_t value = 0;
    if (at + 4 <= text.size())
        std::from_chars(text.data() + at, text.data() + at + 4, value, 16);
    return value;
}

// \uXXXX at `at`, which is moved behind it; half a pair becomes the replacement character.
std::uint32_t unicodeEscape(std::string_view text, std::size_t& at) {
    const std::uint32_t first = hexAt(text, at + 2);
    at += 6;
    if (first < 0xD800 || first > 0xDFFF)
        return first;
    if (first > 0xDBFF || text.substr(at, 2) != "\\u")
        return 0xFFFD;
    const std::uint32_t second = hexAt(text, at + 2);
    if (second < 0xDC00 || second > 0xDFFF)
        return 0xFFFD;
    at += 6;
    return 0x10000U + ((first - 0xD800U) << 10) + (second - 0xDC00U);
}

// What stands between the quotes; the reader has checked it.
std::string decoded(std::string_view inner) {
    std::string out;
    out.reserve(inner.size());
    for (std::size_t at = 0; at < inner.size();) {
        if (inner[at] != '\\') {
            out += inner[at++];
            continue;
        }
        const char c = inner[at + 1];
        if (c == 'u') {
            appendUtf8(out, unicodeEscape(inner, at));
            continue;
        }
        constexpr std::string_view letters = "bfnrt";
        constexpr std::string_view meanings = "\b\f\n\r\t";
        const std::size_t found = letters.find(c);
        out += found == std::string_view::npos ? c : meanings[found];
        at += 2;
    }
    return out;
}

} // namespace

Result<JsonText> JsonText::read(std::string text) {
    if (text.size() > longestText)
        return failure(ErrorCode::InvalidParams, "the file is larger than 16 MiB",
                       "Change the file by hand; nothing in it was changed.");
    JsonText out;
    out.text_ = std::move(text);
    if (Result<void> read = JsonTextReader(out).run(); !read)
        return failure(std::move(read.error()));
    return out;
}

std::vector<JsonText::Index> JsonText::children(Index index) const {
    std::vector<Index> out;
    for (Index child = nodes_[index].firstChild; child != none; child = nodes_[child].next)
        out.push_back(child);
    return out;
}

std::string JsonText::key(Index index) const {
    const Node& value = nodes_[index];
    if (value.keyBegin == none)
        return {};
    return decoded(std::string_view(text_).substr(value.keyBegin + 1, value.keyEnd - value.keyBegin - 2));
}

std::string JsonText::string(Index index) const {
    const Node& value = nodes_[index];
    if (value.kind != Kind::String)
        return {};
    return decoded(std::string_view(text_).substr(value.begin + 1, value.end - value.begin - 2));
}

std::optional<JsonText::Index> JsonText::member(Index object, std::string_view name) const {
    std::optional<Index> found;
    if (nodes_[object].kind != Kind::Object)
        return found;
    for (Index child = nodes_[object].firstChild; child != none; child = nodes_[child].next) {
        if (key(child) != name)
            continue;
        if (found)
            return std::nullopt;
        found = child;
    }
    return found;
}

bool JsonText::repeatsKeys(Index object) const {
    std::vector<std::string> keys;
    if (nodes_[object].kind != Kind::Object)
        return false;
    for (const Index child : children(object))
        keys.push_back(key(child));
    std::sort(keys.begin(), keys.end());
    return std::adjacent_find(keys.begin(), keys.end()) != keys.end();
}

bool JsonText::holdsComments(Index index) const {
    const auto first = std::lower_bound(comments_.begin(), comments_.end(), nodes_[index].begin);
    return first != comments_.end() && *first < nodes_[index].end;
}

JsonText::Position JsonText::positionOf(std::string_view text, std::size_t offset) {
    Position position;
    const std::string_view before = text.substr(0, offset);
    position.line += std::count(before.begin(), before.end(), '\n');
    const std::size_t lineStart = before.rfind('\n') + 1; // npos + 1 is 0
    const std::string_view line = before.substr(lineStart);
    position.column += std::count_if(line.begin(), line.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; // not inside a character
    });
    return position;
}

std::string quotedJson(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            char escape[8];
            std::snprintf(escape, sizeof escape, "\\u%04X", static_cast<unsigned>(c));
            out += escape;
        } else {
            out += c;
        }
    }
    out += '"';
    return out;
}

} // namespace keybearer
