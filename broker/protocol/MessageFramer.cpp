#include "broker/protocol/MessageFramer.h"

#include "broker/base/Secret.h"

#include <algorithm>

namespace keybearer {

namespace {
constexpr std::size_t keptCapacity =
    std::size_t{16} * 1024; // a buffer that once held a long line does not stay large
}

MessageFramer::~MessageFramer() {
    wipe(buffer_);
}

bool MessageFramer::append(std::string_view bytes) {
    if (overflowed_)
        return false;
    if (read_ == buffer_.size()) {
        buffer_.clear();
        if (buffer_.capacity() > keptCapacity)
            buffer_.shrink_to_fit();
        read_ = scanned_ = 0;
    } else if (read_ > 0) {
        buffer_.erase(0, read_);
        scanned_ -= std::min(scanned_, read_);
        read_ = 0;
    }
    buffer_.append(bytes);
    // A whole line that is too long, or an unfinished one that already is.
    std::size_t start = 0;
    for (std::size_t at = scanned_;;) {
        const std::size_t end = buffer_.find('\n', at);
        if (end == std::string::npos) {
            overflowed_ = buffer_.size() - start >= limit_;
            break;
        }
        if (end - start >= limit_) {
            overflowed_ = true;
            break;
        }
        start = at = end + 1;
    }
    if (overflowed_)
        wipe(buffer_);
    return !overflowed_;
}

bool MessageFramer::next(std::string_view& line) {
    if (overflowed_)
        return false;
    const std::size_t end = buffer_.find('\n', std::max(read_, scanned_));
    if (end == std::string::npos) {
        scanned_ = buffer_.size();
        return false;
    }
    line = std::string_view(buffer_).substr(read_, end - read_);
    read_ = end + 1;
    scanned_ = read_;
    return true;
}

} // namespace keybearer
