#include "broker/pins/ToolDifference.h"

#include "broker/base/Text.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::size_t longestShown = 2000;  // characters of one text
constexpr std::size_t longestMember = 200;  // of the path to a member
constexpr std::size_t longestInWords = 120; // of one text inside a sentence
constexpr std::size_t aroundChange = 60;    // bytes of a long text that is the same, shown for orientation
constexpr std::size_t shortText = 200;      // is shown whole
// Of a definition, which is at most 64 KiB long.
constexpr JsonLimits definitionLimits{72, 10'000, 100'000};
constexpr const char* ellipsis = "\u2026";

Json read(const std::string& definition) {
    Result<Json> parsed = parseJson(definition, definitionLimits);
    return parsed && parsed->is_object() ? std::move(*parsed) : Json::object();
}

std::string textOf(const Json& value) {
    return value.is_string() ? value.get<std::string>() : dumpJson(value);
}

std::string shown(std::string_view text) {
    return displaySafe(text, longestShown);
}

bool isContinuation(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

// The middle of a text, cut between characters, with what surrounds it hinted at.
std::string window(const std::string& text, std::size_t same, std::size_t sameAtEnd) {
    std::size_t begin = same > aroundChange ? same - aroundChange : 0;
    while (begin > 0 && isContinuation(text[begin]))
        --begin;
    std::size_t end = sameAtEnd > aroundChange ? text.size() - sameAtEnd + aroundChange : text.size();
    while (end < text.size() && isContinuation(text[end]))
        ++end;
    std::string out = begin > 0 ? ellipsis : "";
    out.append(shown(std::string_view(text).substr(begin, end - begin)));
    if (end < text.size())
        out.append(ellipsis);
    return out;
}

ToolDifference changed(const std::string& member, const std::string& before, const std::string& after) {
    ToolDifference out{displaySafe(member, longestMember), ToolDifference::Kind::Changed, {}, {}};
    if (before.size() <= shortText && after.size() <= shortText) {
        out.before = shown(before);
        out.after = shown(after);
        return out;
    }
    const std::size_t most = std::min(before.size(), after.size());
    const auto front =
        std::mismatch(before.begin(), before.begin() + static_cast<std::ptrdiff_t>(most), after.begin());
    const auto same = static_cast<std::size_t>(front.first - before.begin());
    std::size_t sameAtEnd = 0;
    while (sameAtEnd < most - same &&
           before[before.size() - 1 - sameAtEnd] == after[after.size() - 1 - sameAtEnd])
        ++sameAtEnd;
    out.before = window(before, same, sameAtEnd);
    out.after = window(after, same, sameAtEnd);
    return out;
}

class Comparison {
public:
    explicit Comparison(std::size_t most) : most_(most) {}

    void compare(const std::string& path, const Json& before, const Json& after) {
        if (before == after)
            return;
        if (before.is_object() && after.is_object())
            return compareObjects(path, before, after);
        add(changed(path, textOf(before), textOf(after)));
    }
    [[nodiscard]] std::vector<ToolDifference> take() {
        if (left_ > 0)
            found_.push_back(
                {"and " + std::to_string(left_) + " more", ToolDifference::Kind::Changed, {}, {}});
        return std::move(found_);
    }

private:
    // As deep as parseJson lets a definition be.
    void compareObjects(const std::string& path, const Json& before, const Json& after) {
        const std::string prefix = path.empty() ? path : path + '.';
        for (const auto& [key, value] : before.items()) {
            if (const auto now = after.find(key); now != after.end())
                compare(prefix + key, value, *now);
            else
                add({displaySafe(prefix + key, longestMember),
                     ToolDifference::Kind::Removed,
                     shown(textOf(value)),
                     {}});
        }
        for (const auto& [key, value] : after.items()) {
            if (!before.contains(key))
                add({displaySafe(prefix + key, longestMember),
                     ToolDifference::Kind::Added,
                     {},
                     shown(textOf(value))});
        }
    }
    void add(ToolDifference difference) {
        if (found_.size() < most_)
            found_.push_back(std::move(difference));
        else
            ++left_;
    }

    std::size_t most_;
    std::size_t left_ = 0;
    std::vector<ToolDifference> found_;
};

std::string quoted(const std::string& text) {
    std::string out("\"");
    return out.append(displaySafe(text, longestInWords)).append("\"");
}

std::string words(const ToolDifference& difference) {
    std::string out = difference.member;
    switch (difference.kind) {
    case ToolDifference::Kind::Added:
        return out.append(" is new: ").append(quoted(difference.after));
    case ToolDifference::Kind::Removed:
        return out.append(" is gone: ").append(quoted(difference.before));
    case ToolDifference::Kind::Changed:
        break;
    }
    if (difference.before.empty() && difference.after.empty())
        return out;
    return out.append(": ")
        .append(quoted(difference.before))
        .append(" is now ")
        .append(quoted(difference.after));
}

} // namespace

std::vector<ToolDifference> toolDifferences(const std::string& before, const std::string& after,
                                            std::size_t most) {
    Comparison comparison(most);
    comparison.compare({}, read(before), read(after));
    return comparison.take();
}

std::string differenceWords(const std::vector<ToolDifference>& differences, std::size_t limit) {
    std::string out;
    for (const ToolDifference& difference : differences) {
        if (!out.empty())
            out.append("; ");
        out.append(words(difference));
        if (out.size() > limit)
            break;
    }
    return displaySafe(out, limit);
}

std::string_view differenceKindWord(ToolDifference::Kind kind) {
    return kind == ToolDifference::Kind::Added     ? "added"
           : kind == ToolDifference::Kind::Removed ? "removed"
                                                   : "changed";
}

} // namespace keybearer
