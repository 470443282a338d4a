#include "broker/gateway/ClientLines.h"

#include <utility>

namespace keybearer {

namespace {
constexpr std::size_t keptBeginning = 4096; // where a client writes the id
}

bool ClientLines::next(std::string_view& bytes, Piece& piece) {
    const std::size_t end = bytes.find('\n');
    const std::string_view part = bytes.substr(0, end);
    bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
    const bool whole = end != std::string_view::npos;
    if (!skipping_ && line_.size() + part.size() > limit_) {
        line_.append(part.substr(0, keptBeginning)); // of a line in one part, this is its beginning
        line_.resize(std::min(line_.size(), keptBeginning));
        line_.shrink_to_fit();
        skipping_ = true;
    } else if (!skipping_) {
        line_.append(part);
    }
    if (!whole)
        return false;
    piece.kind = skipping_ ? Piece::Kind::TooLong : Piece::Kind::Line;
    piece.text = std::exchange(line_, std::string());
    skipping_ = false;
    return true;
}

} // namespace keybearer
