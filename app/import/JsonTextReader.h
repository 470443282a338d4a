#pragma once

#include "app/import/JsonText.h"

namespace keybearer {

// Reads one text into the nodes of a JsonText. Used by JsonText::read() alone; lives for one call.
class JsonTextReader {
public:
    explicit JsonTextReader(JsonText& out) : out_(out), text_(out.text_) {}
    [[nodiscard]] Result<void> run();

private:
    using Index = JsonText::Index;
    using Kind = JsonText::Kind;

    [[nodiscard]] Result<Index> value(std::size_t depth);
    [[nodiscard]] Result<void> contents(Index container, std::size_t depth);
    [[nodiscard]] Result<Index> element(bool inObject, std::size_t depth);
    [[nodiscard]] Result<void> string();
    [[nodiscard]] Result<void> escape();
    [[nodiscard]] Result<void> number();
    [[nodiscard]] Result<void> word(std::string_view expected);
    [[nodiscard]] Result<void> blanks(); // and comments
    [[nodiscard]] Result<void> comment();
    [[nodiscard]] Result<void> digits();

    [[nodiscard]] bool atEnd() const { return at_ >= text_.size(); }
    [[nodiscard]] char here() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    [[nodiscard]] Index place() const { return static_cast<Index>(at_); }
    [[nodiscard]] tl::unexpected<Error> wrong(std::string what) const;
    [[nodiscard]] tl::unexpected<Error> wrongAt(std::size_t offset, std::string what) const;

    JsonText& out_;
    std::string_view text_;
    std::size_t at_ = 0;
};

} // namespace keybearer
