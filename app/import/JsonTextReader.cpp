#include "app/import/JsonTextReader.h"

#include "broker/base/Text.h"

namespace keybearer {

namespace {

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool isHexDigit(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// The first byte that is part of no character.
std::size_t badByte(std::string_view text) {
    std::size_t good = 0;
    std::size_t bad = text.size();
    // Whole lines first: a line end is never inside a character.
    while (good < text.size()) {
        const std::size_t end = std::min(text.find('\n', good), text.size() - 1) + 1;
        if (!isValidUtf8(text.substr(good, end - good))) {
            bad = end;
            break;
        }
        good = end;
    }
    for (std::size_t at = good; at < bad; ++at) {
        std::size_t length = 1;
        while (length <= 4 && at + length <= bad && !isValidUtf8(text.substr(at, length)))
            ++length;
        if (length > 4 || at + length > bad)
            return at;
        at += length - 1;
    }
    return bad;
}

} // namespace

tl::unexpected<Error> JsonTextReader::wrong(std::string what) const {
    return wrongAt(at_, std::move(what));
}

tl::unexpected<Error> JsonTextReader::wrongAt(std::size_t offset, std::string what) const {
    const JsonText::Position position = JsonText::positionOf(text_, offset);
    what.append(" (line ").append(std::to_string(position.line)).append(", column ");
    what.append(std::to_string(position.column)).append(")");
    Error error(ErrorCode::ParseError, std::move(what),
                "Correct the file in an editor; nothing in it was changed.");
    error.details.emplace_back("line", position.line);
    error.details.emplace_back("column", position.column);
    return failure(std::move(error));
}

Result<void> JsonTextReader::run() {
    if (!isValidUtf8(text_))
        return wrongAt(badByte(text_), "there is a byte that is no UTF-8");
    if (text_.starts_with(byteOrderMark))
        at_ = byteOrderMark.size();
    if (Result<void> skipped = blanks(); !skipped)
        return skipped;
    if (atEnd())
        return wrong("there is nothing in it");
    if (Result<Index> root = value(0); !root)
        return failure(std::move(root.error()));
    if (Result<void> skipped = blanks(); !skipped)
        return skipped;
    return atEnd() ? Result<void>() : wrong("something stands behind the end of the document");
}

// Spaces, line ends and comments.
Result<void> JsonTextReader::blanks() {
    while (!atEnd()) {
        const char c = here();
        if (c == '/') {
            if (Result<void> passed = comment(); !passed)
                return passed;
        } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            ++at_;
        } else {
            break;
        }
    }
    return {};
}

Result<void> JsonTextReader::comment() {
    const std::size_t start = at_;
    const char second = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    if (second == '/') {
        at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (second == '*') {
        const std::size_t end = text_.find("*/", at_ + 2);
        if (end == std::string_view::npos)
            return wrong("a comment has no end");
        at_ = end + 2;
    } else {
        return wrong("a slash that begins no comment");
    }
    out_.comments_.push_back(static_cast<Index>(start));
    return {};
}

Result<JsonTextReader::Index> JsonTextReader::value(std::size_t depth) {
    if (depth >= JsonText::deepest)
        return wrong("it is nested too deeply");
    if (out_.nodes_.size() >= JsonText::mostValues)
        return wrong("it has too many values");
    const auto index = static_cast<Index>(out_.nodes_.size());
    out_.nodes_.emplace_back();
    out_.nodes_[index].begin = place();
    Kind kind = Kind::Null;
    Result<void> passed;
    switch (here()) {
    case '{':
    case '[':
        kind = here() == '{' ? Kind::Object : Kind::Array;
        out_.nodes_[index].kind = kind;
        passed = contents(index, depth);
        break;
    case '"':
        kind = Kind::String;
        passed = string();
        break;
    case 't':
        kind = Kind::Boolean;
        passed = word("true");
        break;
    case 'f':
        kind = Kind::Boolean;
        passed = word("false");
        break;
    case 'n':
        passed = word("null");
        break;
    default:
        kind = Kind::Number;
        passed = number();
    }
    if (!passed)
        return failure(std::move(passed.error()));
    out_.nodes_[index].kind = kind;
    out_.nodes_[index].end = place();
    return index;
}

// From the opening bracket to behind the closing one.
Result<void> JsonTextReader::contents(Index container, std::size_t depth) {
    const bool inObject = here() == '{';
    const char closing = inObject ? '}' : ']';
    const std::size_t opening = at_++;
    Index last = JsonText::none;
    for (;;) {
        if (Result<void> skipped = blanks(); !skipped)
            return skipped;
        if (atEnd())
            return wrongAt(opening,
                           inObject ? "a brace that nothing closes" : "a bracket that nothing closes");
        if (here() == closing)
            break;
        if (last != JsonText::none && out_.nodes_[last].comma == JsonText::none)
            return wrong("a comma is missing");
        const Result<Index> child = element(inObject, depth);
        if (!child)
            return failure(child.error());
        (last == JsonText::none ? out_.nodes_[container].firstChild : out_.nodes_[last].next) = *child;
        last = *child;
        if (Result<void> skipped = blanks(); !skipped)
            return skipped;
        if (here() == ',') {
            out_.nodes_[last].comma = place();
            ++at_;
        }
    }
    ++at_;
    return {};
}

Result<JsonTextReader::Index> JsonTextReader::element(bool inObject, std::size_t depth) {
    if (!inObject)
        return value(depth + 1);
    if (here() != '"')
        return wrong("a name in quotation marks is missing");
    const Index keyBegin = place();
    if (Result<void> passed = string(); !passed)
        return failure(std::move(passed.error()));
    const Index keyEnd = place();
    if (Result<void> skipped = blanks(); !skipped)
        return failure(std::move(skipped.error()));
    if (here() != ':')
        return wrong("a colon is missing");
    ++at_;
    if (Result<void> skipped = blanks(); !skipped)
        return failure(std::move(skipped.error()));
    const Result<Index> child = value(depth + 1);
    if (child) {
        out_.nodes_[*child].keyBegin = keyBegin;
        out_.nodes_[*child].keyEnd = keyEnd;
    }
    return child;
}

Result<void> JsonTextReader::string() {
    const std::size_t opening = at_++;
    while (!atEnd() && here() != '"') {
        if (static_cast<unsigned char>(here()) < 0x20)
            return wrong("a text that does not end on its line, or holds a control character");
        if (here() == '\\') {
            if (Result<void> passed = escape(); !passed)
                return passed;
        } else {
            ++at_;
        }
    }
    if (atEnd())
        return wrongAt(opening, "a text that nothing closes");
    ++at_;
    return {};
}

Result<void> JsonTextReader::escape() {
    const std::size_t start = at_++;
    const char c = here();
    if (c != 'u') {
        if (c == '\0' || std::string_view("\"\\/bfnrt").find(c) == std::string_view::npos)
            return wrongAt(start, "a backslash that means nothing here");
        ++at_;
        return {};
    }
    ++at_;
    for (int i = 0; i < 4; ++i, ++at_) {
        if (!isHexDigit(here()))
            return wrongAt(start, "\\u without four hexadecimal digits");
    }
    return {};
}

Result<void> JsonTextReader::word(std::string_view expected) {
    if (text_.substr(at_, expected.size()) != expected)
        return wrong("a word that JSON does not know");
    at_ += expected.size();
    return {};
}

Result<void> JsonTextReader::digits() {
    if (!isDigit(here()))
        return wrong("this is no value");
    while (isDigit(here()))
        ++at_;
    return {};
}

Result<void> JsonTextReader::number() {
    if (here() == '-')
        ++at_;
    const bool zero = here() == '0';
    const std::size_t start = at_;
    if (Result<void> passed = digits(); !passed)
        return passed;
    if (zero && at_ - start > 1)
        return wrongAt(start, "a number that begins with zero");
    if (here() == '.') {
        ++at_;
        if (Result<void> passed = digits(); !passed)
            return passed;
    }
    if (here() != 'e' && here() != 'E')
        return {};
    ++at_;
    if (here() == '+' || here() == '-')
        ++at_;
    return digits();
}

} // namespace keybearer
