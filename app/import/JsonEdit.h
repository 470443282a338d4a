#pragma once

#include "app/import/JsonText.h"

#include <string>
#include <vector>

namespace keybearer {

// The bytes from begin to end become `text`.
struct Replacement {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string text;
};

// Collects changes of a JsonText as replacements of ranges of bytes; everything else stays, comments,
// order, indentation and line ends. New members and items look like their neighbours. A value, one thread.
class JsonEdit {
public:
    explicit JsonEdit(const JsonText& document) : document_(document) {}

    void replaceValue(JsonText::Index value, std::string text);
    // Key and value, with what follows them on the same line left as it is.
    void replaceMember(JsonText::Index member, std::string text);
    // `members` are texts as "\"args\": []"; they stand behind `after`, a member of an object.
    void insertMembers(JsonText::Index after, const std::vector<std::string>& members);
    // `items` stand in front of all others of an array.
    void insertItems(JsonText::Index array, const std::vector<std::string>& items);
    // Some children of one array or object; commas that are no longer wanted go with them, comments stay.
    void remove(JsonText::Index container, const std::vector<JsonText::Index>& children);

    // What separates two neighbours: a line end and the indentation of `child`, or one space.
    [[nodiscard]] std::string separator(JsonText::Index child) const;

    [[nodiscard]] bool empty() const { return replacements_.empty(); }
    // Ascending; none touches another.
    [[nodiscard]] std::vector<Replacement> replacements() const;

private:
    void removeChild(JsonText::Index child);

    const JsonText& document_;
    std::vector<Replacement> replacements_;
};

// The text after the replacements, which are ascending and apart.
[[nodiscard]] std::string replaced(std::string_view text, const std::vector<Replacement>& replacements);

} // namespace keybearer
