#include "app/import/JsonEdit.h"

#include <algorithm>

namespace keybearer {

namespace {

using Index = JsonText::Index;

bool isBlank(char c) {
    return c == ' ' || c == '\t';
}

std::size_t startOf(const JsonText::Node& node) {
    return node.keyBegin == JsonText::none ? node.begin : node.keyBegin;
}

// Where the blanks in front of `offset` begin.
std::size_t blanksBefore(std::string_view text, std::size_t offset) {
    while (offset > 0 && isBlank(text[offset - 1]))
        --offset;
    return offset;
}

std::size_t blanksBehind(std::string_view text, std::size_t offset) {
    while (offset < text.size() && isBlank(text[offset]))
        ++offset;
    return offset;
}

bool beginsLine(std::string_view text, std::size_t offset) {
    return offset == 0 || text[offset - 1] == '\n';
}

// Behind the line end at `offset`; npos: none is there.
std::size_t lineEndAt(std::string_view text, std::size_t offset) {
    if (text.substr(offset, 2) == "\r\n")
        return offset + 2;
    return offset < text.size() && text[offset] == '\n' ? offset + 1 : std::string_view::npos;
}

// Nothing but spaces and line ends: no comment, no value.
bool isEmptyBetween(std::string_view text, std::size_t begin, std::size_t end) {
    return std::all_of(text.begin() + static_cast<std::ptrdiff_t>(begin),
                       text.begin() + static_cast<std::ptrdiff_t>(end),
                       [](char c) { return isBlank(c) || c == '\n' || c == '\r'; });
}

} // namespace

void JsonEdit::replaceValue(Index value, std::string text) {
    const JsonText::Node& node = document_.node(value);
    replacements_.push_back({node.begin, node.end, std::move(text)});
}

void JsonEdit::replaceMember(Index member, std::string text) {
    const JsonText::Node& node = document_.node(member);
    replacements_.push_back({startOf(node), node.end, std::move(text)});
}

std::string JsonEdit::separator(Index child) const {
    const std::string_view text = document_.text();
    const std::size_t start = startOf(document_.node(child));
    const std::size_t lineStart = blanksBefore(text, start);
    if (lineStart == 0 || !beginsLine(text, lineStart))
        return " ";
    const bool carriage = lineStart >= 2 && text[lineStart - 2] == '\r';
    return std::string(carriage ? "\r\n" : "\n").append(text.substr(lineStart, start - lineStart));
}

void JsonEdit::insertMembers(Index after, const std::vector<std::string>& members) {
    const std::string gap = separator(after);
    std::string text;
    for (const std::string& member : members)
        text.append(",").append(gap).append(member);
    const std::size_t end = document_.node(after).end;
    replacements_.push_back({end, end, std::move(text)});
}

void JsonEdit::insertItems(Index array, const std::vector<std::string>& items) {
    const Index first = document_.node(array).firstChild;
    const bool empty = first == JsonText::none;
    const std::string gap = empty ? " " : separator(first);
    std::string text;
    for (const std::string& item : items) {
        text.append(text.empty() ? "" : ",").append(text.empty() ? "" : gap).append(item);
    }
    if (!empty)
        text.append(",").append(gap);
    const std::size_t at = empty ? document_.node(array).begin + 1 : document_.node(first).begin;
    replacements_.push_back({at, at, std::move(text)});
}

// The child and its comma. Its line goes too if nothing else stands there.
void JsonEdit::removeChild(Index child) {
    const std::string_view text = document_.text();
    const JsonText::Node& node = document_.node(child);
    const bool hasComma = node.comma != JsonText::none;
    const bool commaApart = hasComma && !isEmptyBetween(text, node.end, node.comma);
    std::size_t begin = startOf(node);
    std::size_t end = hasComma && !commaApart ? node.comma + std::size_t{1} : node.end;
    if (commaApart) {
        replacements_.push_back({node.comma, node.comma + std::size_t{1}, ""});
        replacements_.push_back({begin, end, ""});
        return;
    }
    const std::size_t lineStart = blanksBefore(text, begin);
    const std::size_t behind = blanksBehind(text, end);
    if (const std::size_t next = lineEndAt(text, behind);
        beginsLine(text, lineStart) && next != std::string_view::npos) {
        begin = lineStart;
        end = next;
    } else if (hasComma && !beginsLine(text, lineStart) &&
               lineEndAt(text, behind) != std::string_view::npos) {
        begin = lineStart; // the last of several on one line: no blanks are left at its end
    } else if (hasComma) {
        end = behind; // the next one moves to where this one stood
    }
    replacements_.push_back({begin, end, ""});
}

void JsonEdit::remove(Index container, const std::vector<Index>& children) {
    const auto goes = [&children](Index child) {
        return std::find(children.begin(), children.end(), child) != children.end();
    };
    Index lastStaying = JsonText::none;
    Index last = JsonText::none;
    for (const Index child : document_.children(container)) {
        if (goes(child))
            removeChild(child);
        else
            lastStaying = child;
        last = child;
    }
    // A comma at the end stays only where the person had put one.
    if (last == JsonText::none || !goes(last) || document_.node(last).comma != JsonText::none ||
        lastStaying == JsonText::none)
        return;
    const std::size_t comma = document_.node(lastStaying).comma;
    // What was removed may begin on the comma's own line: `"a": 1, "b": 2 }`.
    replacements_.push_back({comma, comma + 1, ""});
    const std::size_t behind = blanksBehind(document_.text(), comma + 1);
    for (Replacement& replacement : replacements_) {
        if (replacement.begin == behind && replacement.end > behind && replacement.text.empty())
            replacement.begin = comma + 1;
    }
}

std::vector<Replacement> JsonEdit::replacements() const {
    std::vector<Replacement> out = replacements_;
    std::stable_sort(out.begin(), out.end(),
                     [](const Replacement& a, const Replacement& b) { return a.begin < b.begin; });
    // Two removals that meet are one, so that nothing overlaps.
    std::vector<Replacement> merged;
    for (Replacement& next : out) {
        if (!merged.empty() && next.begin < merged.back().end) {
            merged.back().end = std::max(merged.back().end, next.end);
            merged.back().text += next.text;
        } else {
            merged.push_back(std::move(next));
        }
    }
    return merged;
}

std::string replaced(std::string_view text, const std::vector<Replacement>& replacements) {
    std::string out;
    out.reserve(text.size());
    std::size_t at = 0;
    for (const Replacement& replacement : replacements) {
        out.append(text.substr(at, replacement.begin - at)).append(replacement.text);
        at = replacement.end;
    }
    return out.append(text.substr(at));
}

} // namespace keybearer
