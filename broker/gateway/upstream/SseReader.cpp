#include "broker/gateway/upstream/SseReader.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <utility>

namespace keybearer {

namespace {

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view dataField = "data:";
constexpr std::size_t nowhere = std::string::npos;

std::size_t find(const std::string& text, char what, std::size_t from) {
    const std::size_t found = text.find(what, from);
    return found == nowhere ? text.size() : found;
}

} // namespace

void SseReader::append(std::string_view bytes) {
    if (at_ == input_.size()) {
        input_.assign(bytes);
        at_ = 0;
    } else {
        input_.erase(0, at_);
        at_ = 0;
        input_.append(bytes);
    }
    nextLf_ = nextCr_ = 0;
    if (input_.empty())
        return;
    nextLf_ = find(input_, '\n', 0);
    nextCr_ = find(input_, '\r', 0);
}

std::size_t SseReader::endOfLine() {
    if (nextLf_ < at_)
        nextLf_ = find(input_, '\n', at_);
    if (nextCr_ < at_)
        nextCr_ = find(input_, '\r', at_);
    return std::min(nextLf_, nextCr_);
}

void SseReader::skipMark() {
    while (mark_ < byteOrderMark.size() && at_ < input_.size()) {
        if (input_[at_] != byteOrderMark[mark_]) {
            line_.assign(byteOrderMark.substr(0, mark_)); // it was the beginning of a line after all
            mark_ = byteOrderMark.size();
            return;
        }
        ++mark_;
        ++at_;
    }
}

SseReader::Found SseReader::next(SseEvent& event) {
    skipMark();
    while (!tooLong_ && at_ < input_.size()) {
        if (std::exchange(afterCr_, false) && input_[at_] == '\n') {
            ++at_;
            continue;
        }
        const std::size_t end = endOfLine();
        tooLong_ = !take(std::string_view(input_).substr(at_, end - at_));
        if (tooLong_)
            break;
        at_ = end;
        if (end == input_.size())
            return Found::Nothing;
        afterCr_ = input_[at_++] == '\r';
        if (endLine(event))
            return Found::Event;
    }
    return tooLong_ ? Found::TooLong : Found::Nothing;
}

// A piece of a line, without its end.
bool SseReader::take(std::string_view piece) {
    if (!inData_) {
        const std::size_t name =
            std::min(piece.size(), dataField.size() - std::min(line_.size(), dataField.size()));
        line_.append(piece.substr(0, name));
        piece.remove_prefix(name);
        if (line_ == dataField) {
            inData_ = true;
            hasValue_ = false;
            line_.clear();
        } else if (line_.size() + piece.size() > longestLine)
            return false;
        else
            line_.append(piece);
    }
    if (!inData_ || piece.empty())
        return true;
    if (!std::exchange(hasValue_, true) && piece.front() == ' ')
        piece.remove_prefix(1);
    if (data_.size() + piece.size() > longestData)
        return false;
    data_.append(piece);
    return true;
}

// True: the line was empty and ended an event that has data.
bool SseReader::endLine(SseEvent& event) {
    if (std::exchange(inData_, false)) {
        hasData_ = true;
        data_.push_back('\n');
        return false;
    }
    if (!line_.empty()) {
        const std::size_t colon = line_.find(':');
        std::string_view value;
        if (colon != nowhere)
            value = std::string_view(line_).substr(colon + 1);
        if (value.starts_with(' '))
            value.remove_prefix(1);
        field(std::string_view(line_).substr(0, colon), value);
        line_.clear();
        return false;
    }
    lastEventId_ = id_;
    const bool whole = std::exchange(hasData_, false);
    if (whole) {
        data_.pop_back();
        event.type = std::move(type_);
        event.data = std::move(data_);
    }
    type_.clear();
    data_.clear();
    return whole;
}

// Any field but "data" with a colon; a comment has an empty name.
void SseReader::field(std::string_view name, std::string_view value) {
    if (name == "data") {
        hasData_ = true;
        data_.push_back('\n');
    } else if (name == "event")
        type_ = value;
    else if (name == "id" && value.find('\0') == std::string_view::npos)
        id_ = value;
    else if (name == "retry" && !value.empty() &&
             std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; })) {
        std::int64_t count = 0;
        const auto [end, problem] = std::from_chars(value.data(), value.data() + value.size(), count);
        retry_ = std::chrono::milliseconds(problem == std::errc() && end != nullptr ? count : INT64_MAX);
    }
}

} // namespace keybearer
