#include "broker/protocol/MessageScanner.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::size_t longestKey = 16; // "id", "method", "params", "result", "error"

// JSON-RPC 2.0 section 4: a string or a number. Nobody answers to anything else by its id.
bool mayBeId(std::string_view text) {
    return !text.empty() &&
           (text.front() == '"' || text.front() == '-' || (text.front() >= '0' && text.front() <= '9'));
}

bool isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

} // namespace

std::size_t MessageScanner::scan(std::string_view bytes) {
    if (atEnd_)
        begin();
    std::size_t at = 0;
    while (at < bytes.size()) {
        const char c = bytes[at++];
        if (c == '\n') {
            end();
            return at;
        }
        ++length_;
        take(c);
        // Most of a long message is one text that nobody wants.
        if (text_ && !escaped_ && wordLimit_ == 0) {
            const std::size_t next = bytes.find_first_of("\"\\\n", at);
            const std::size_t stop = next == std::string_view::npos ? bytes.size() : next;
            length_ += stop - at;
            at = stop;
        }
    }
    return at;
}

void MessageScanner::begin() {
    messages_.clear();
    current_ = {};
    word_.clear();
    wordLimit_ = length_ = depth_ = 0;
    top_ = 1;
    member_ = Member::None;
    atEnd_ = broken_ = text_ = escaped_ = key_ = value_ = overflow_ = false;
}

void MessageScanner::end() {
    atEnd_ = true;
    if (broken_ || depth_ != 0 || text_)
        messages_.clear();
}

void MessageScanner::take(char c) {
    if (broken_)
        return;
    if (text_)
        inString(c);
    else
        outside(c);
}

void MessageScanner::keep(char c) {
    if (wordLimit_ == 0)
        return;
    if (word_.size() < wordLimit_)
        word_.push_back(c);
    else
        overflow_ = true;
}

void MessageScanner::inString(char c) {
    if (escaped_) {
        escaped_ = false;
        keep(c);
        return;
    }
    escaped_ = c == '\\';
    if (c != '"' || !key_)
        keep(c);
    if (c != '"')
        return;
    text_ = false;
    if (key_)
        keyEnded();
}

void MessageScanner::outside(char c) {
    const bool atTop = depth_ == top_;
    switch (c) {
    case '"':
        text_ = true;
        key_ = atTop && !value_;
        if (key_) {
            word_.clear();
            overflow_ = false;
            wordLimit_ = longestKey;
        } else
            keep(c);
        return;
    case '{':
    case '[':
        return opened(c);
    case '}':
    case ']':
        if (atTop)
            valueEnded();
        else
            keep(c);
        return closed();
    case ',':
        if (atTop)
            return valueEnded();
        break;
    case ':':
        if (atTop && !value_) {
            value_ = true;
            return;
        }
        break;
    default:
        if (depth_ == 0 && !isSpace(c)) {
            broken_ = true;
            return;
        }
    }
    if (!atTop || !isSpace(c))
        keep(c);
}

void MessageScanner::opened(char c) {
    if (depth_ == 0) {
        broken_ = !messages_.empty(); // a second message on the line
        top_ = c == '[' ? 2 : 1;
    }
    keep(c);
    ++depth_;
    if (depth_ != top_)
        return;
    broken_ = broken_ || c == '['; // an array in a batch is no message
    current_ = {};
    member_ = Member::None;
    wordLimit_ = 0;
    value_ = false;
}

void MessageScanner::closed() {
    if (depth_ == 0) {
        broken_ = true;
        return;
    }
    if (depth_ == top_ && messages_.size() < mostMessages)
        messages_.push_back(std::move(current_));
    --depth_;
}

void MessageScanner::keyEnded() {
    member_ = overflow_           ? Member::None
              : word_ == "id"     ? Member::Id
              : word_ == "method" ? Member::Method
              : word_ == "params" ? Member::Params
              : word_ == "result" ? Member::Answer
              : word_ == "error"  ? Member::Answer
                                  : Member::None;
    word_.clear();
    overflow_ = false;
    const bool wanted = !kept_.empty() && (current_.method.empty() || isKept());
    wordLimit_ = member_ == Member::Id                 ? longestId
                 : member_ == Member::Method           ? longestMethod + 2
                 : member_ == Member::Params && wanted ? longestParams
                                                       : 0;
}

bool MessageScanner::isKept() const {
    return std::find(kept_.begin(), kept_.end(), current_.method) != kept_.end();
}

// A comma or the end of the object stands behind the value.
void MessageScanner::valueEnded() {
    value_ = false;
    const bool quoted = word_.size() >= 2 && word_.front() == '"' && word_.back() == '"';
    if (member_ == Member::Answer)
        current_.answer = true;
    if (member_ == Member::Id && !overflow_ && current_.id.empty() && mayBeId(word_))
        current_.id = word_;
    if (member_ == Member::Params && !overflow_)
        current_.params = std::move(word_);
    if (member_ == Member::Method && !overflow_ && quoted)
        current_.method = word_.substr(1, word_.size() - 2);
    if (!current_.method.empty() && !isKept())
        current_.params.clear();
    member_ = Member::None;
    word_.clear();
    wordLimit_ = 0;
    overflow_ = false;
}

} // namespace keybearer
