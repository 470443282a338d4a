#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keybearer {

// The members of one JSON object as texts, in their order: what translation between revisions takes out,
// replaces and adds without touching a byte of the rest, so that numbers, escapes and spaces of a message
// arrive as they were sent. Reads valid JSON (MessageReader has looked before); of anything else, and of an
// object with more than 100 000 members, it says nothing rather than guess. Owns its texts. Never throws,
// never recurses; pure.
class JsonMembers {
public:
    JsonMembers() = default;
    // Nothing unless the text is one object, whole.
    [[nodiscard]] static std::optional<JsonMembers> of(std::string_view object);
    // What can be seen of an object whose end is missing.
    [[nodiscard]] static JsonMembers ofBeginning(std::string_view text);

    // The raw text of a member, as long as this object lives; nothing if there is none.
    [[nodiscard]] std::optional<std::string_view> find(std::string_view key) const&;
    std::optional<std::string_view> find(std::string_view key) const&& = delete;
    // The member as an object; empty if it is absent or something else.
    [[nodiscard]] JsonMembers object(std::string_view key) const;
    // The member as a string, unescaped; nothing if it is absent or something else.
    [[nodiscard]] std::optional<std::string> text(std::string_view key) const;

    void set(std::string_view key, std::string rawValue); // in place, else at the end
    void setText(std::string_view key, std::string_view value);
    void erase(std::string_view key);
    // Erases every member whose name begins so.
    void eraseStarting(std::string_view prefix);

    [[nodiscard]] bool empty() const { return members_.empty(); }
    [[nodiscard]] std::string dump() const;

    struct Member {
        std::string key;    // unescaped
        std::string rawKey; // with its quotes
        std::string value;  // raw
    };
    [[nodiscard]] const std::vector<Member>& members() const { return members_; }

private:
    friend class MemberScan;
    std::vector<Member> members_;
};

// The values of one JSON array, as the texts that they are in it; nothing unless the text is one array,
// whole, of at most 100 000 values.
[[nodiscard]] std::optional<std::vector<std::string_view>> jsonItems(std::string_view array);
// A text as a JSON string, with its quotes.
[[nodiscard]] std::string quotedJson(std::string_view text);
// A JSON string with its quotes as a text; nothing if it is none.
[[nodiscard]] std::optional<std::string> unquotedJson(std::string_view raw);

} // namespace keybearer
