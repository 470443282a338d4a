#pragma once

#include "broker/base/Result.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keybearer {

// A JSON file of a person, as clients of MCP read it: with comments (// and /* */), trailing commas and a
// byte order mark. Keeps where every value stands, so that JsonEdit can change one and leave every other byte
// as it is. A value, immutable; any thread. No value is decoded before it is asked for.
class JsonText {
public:
    enum class Kind : std::uint8_t { Null, Boolean, Number, String, Array, Object };
    using Index = std::uint32_t;
    static constexpr Index none = UINT32_MAX;

    // A value and, in an object, its key. Places are offsets of bytes in text().
    struct Node {
        Index begin = 0;       // of the value
        Index end = 0;         // behind it
        Index keyBegin = none; // of the key's first quote; none: not in an object
        Index keyEnd = none;   // behind its last quote
        Index comma = none;    // the comma behind the value; none: there is none
        Index firstChild = none;
        Index next = none; // the next value of the same array or object
        Kind kind = Kind::Null;
    };

    struct Position {
        std::int64_t line = 1;
        std::int64_t column = 1; // in characters
    };

    static constexpr std::size_t longestText = std::size_t{16} << 20; // ~/.claude.json can hold megabytes
    static constexpr std::size_t deepest = 64;
    static constexpr std::size_t mostValues = 2'000'000; // 60 MB of nodes

    // ParseError with the details "line" and "column"; InvalidParams beyond a limit. Never quotes the text.
    [[nodiscard]] static Result<JsonText> read(std::string text);

    [[nodiscard]] const std::string& text() const { return text_; }
    [[nodiscard]] Index root() const { return 0; }
    [[nodiscard]] Index size() const { return static_cast<Index>(nodes_.size()); }
    [[nodiscard]] const std::vector<Index>& comments() const { return comments_; }
    [[nodiscard]] const Node& node(Index index) const { return nodes_[index]; }
    [[nodiscard]] Kind kind(Index index) const { return nodes_[index].kind; }
    [[nodiscard]] std::vector<Index> children(Index index) const;

    [[nodiscard]] std::string key(Index index) const;    // decoded; empty: in no object
    [[nodiscard]] std::string string(Index index) const; // decoded; empty: no string
    // The member of that key, if the value is an object and has exactly one.
    [[nodiscard]] std::optional<Index> member(Index object, std::string_view key) const;
    // An object that has one key twice means something else to each of its readers.
    [[nodiscard]] bool repeatsKeys(Index object) const;
    // Whether a comment stands anywhere in the bytes of the value.
    [[nodiscard]] bool holdsComments(Index index) const;

    [[nodiscard]] static Position positionOf(std::string_view text, std::size_t offset);

private:
    friend class JsonTextReader;
    std::string text_;
    std::vector<Node> nodes_;
    std::vector<Index> comments_; // where each begins, ascending
};

// The text as a JSON string, quotes included.
[[nodiscard]] std::string quotedJson(std::string_view text);

} // namespace keybearer
