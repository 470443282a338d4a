#include "broker/audit/AuditSegment.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace keybearer {

namespace {

constexpr std::string_view prefix = "rows-";
constexpr std::string_view suffix = ".jsonl";
constexpr std::size_t digits = 20;
// Lines are read in pieces of this size; the longest line fits twice.
constexpr std::size_t pieceSize = 4 * longestAuditLine;

std::string nameOf(std::int64_t firstSequence) {
    std::array<char, 64> name;
    std::snprintf(name.data(), name.size(), "rows-%020lld.jsonl", static_cast<long long>(firstSequence));
    return name.data();
}

// The first sequence in a file name; 0 if it is not one of ours.
std::int64_t sequenceIn(std::string_view name) {
    if (name.size() != prefix.size() + digits + suffix.size() || !name.starts_with(prefix) ||
        !name.ends_with(suffix))
        return 0;
    std::int64_t sequence = 0;
    for (const char c : name.substr(prefix.size(), digits)) {
        if (c < '0' || c > '9' || sequence > INT64_MAX / 10 - 1)
            return 0;
        sequence = 10 * sequence + (c - '0');
    }
    return sequence;
}

} // namespace

Result<std::shared_ptr<AuditSegment>> AuditSegment::open(const std::filesystem::path& directory,
                                                         std::int64_t firstSequence) {
    const std::filesystem::path path = directory / nameOf(firstSequence);
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0600);
    struct stat status {};
    const bool usable = fd >= 0 && ::fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
    // Made before the check, so that the descriptor is closed in every case.
    std::shared_ptr<AuditSegment> segment(
        new AuditSegment(fd, path, firstSequence, usable ? status.st_size : 0));
    if (!usable)
        return failure(segment->problem("open"));
    return segment;
}

AuditSegment::~AuditSegment() {
    if (fd_ >= 0)
        ::close(fd_);
}

Error AuditSegment::problem(const std::string& what) const {
    return {ErrorCode::StoreUnavailable,
            "audit log: cannot " + what + " " + path_.filename().string() + ": " + std::strerror(errno),
            "Check the free space on the disk and the rights of the state directory."};
}

Result<void> AuditSegment::append(std::string_view rows) {
    if (overlong_ && ::ftruncate(fd_, length_) != 0)
        return failure(problem("repair"));
    overlong_ = false;
    std::string_view rest = rows;
    while (!rest.empty()) {
        const ssize_t written = ::write(fd_, rest.data(), rest.size());
        if (written > 0) {
            rest.remove_prefix(static_cast<std::size_t>(written));
        } else if (written == 0 || errno != EINTR) {
            const Error error = problem("write to");
            overlong_ = rest.size() != rows.size() && ::ftruncate(fd_, length_) != 0;
            return failure(error);
        }
    }
    length_ += static_cast<std::int64_t>(rows.size());
    return {};
}

Result<void> AuditSegment::truncate(std::int64_t length) {
    if (::ftruncate(fd_, length) != 0)
        return failure(problem("truncate"));
    length_ = length;
    return {};
}

Result<void> AuditSegment::sync() const {
    if (::fdatasync(fd_) != 0)
        return failure(problem("sync"));
    return {};
}

Result<std::string> AuditSegment::read(std::int64_t offset, std::size_t limit) const {
    std::string bytes(limit, '\0');
    std::size_t filled = 0;
    while (filled < limit) {
        const ssize_t count =
            ::pread(fd_, bytes.data() + filled, limit - filled, offset + static_cast<std::int64_t>(filled));
        if (count == 0)
            break;
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return failure(problem("read"));
        filled += static_cast<std::size_t>(count);
    }
    bytes.resize(filled);
    return bytes;
}

Result<std::vector<std::shared_ptr<AuditSegment>>> openSegments(const std::filesystem::path& directory) {
    std::vector<std::int64_t> sequences;
    std::error_code error;
    for (std::filesystem::directory_iterator entry(directory, error), end; !error && entry != end;
         entry.increment(error)) {
        if (const std::int64_t sequence = sequenceIn(entry->path().filename().string()); sequence > 0)
            sequences.push_back(sequence);
    }
    if (error)
        return failure(ErrorCode::StoreUnavailable,
                       "audit log: cannot list its directory: " + error.message(),
                       "Check the rights of the state directory.");
    std::sort(sequences.begin(), sequences.end());
    std::vector<std::shared_ptr<AuditSegment>> segments;
    for (const std::int64_t sequence : sequences) {
        auto segment = AuditSegment::open(directory, sequence);
        if (!segment)
            return tl::unexpected(segment.error());
        segments.push_back(std::move(*segment));
    }
    return segments;
}

Result<SegmentEnd> endOf(const AuditSegment& segment) {
    SegmentEnd end;
    // The last piece nearly always holds the last row; a file of damage is read back to its beginning.
    for (std::size_t window = pieceSize;; window *= 2) {
        const std::int64_t start =
            std::max<std::int64_t>(0, segment.length() - static_cast<std::int64_t>(window));
        const Result<std::string> piece = segment.read(start, window);
        if (!piece)
            return tl::unexpected(piece.error());
        std::string_view text = *piece;
        std::int64_t unreadable = 0;
        end = {};
        // Line by line from behind.
        for (;;) {
            const std::size_t feed = text.rfind('\n');
            if (feed == std::string_view::npos)
                break;
            const std::size_t before = text.substr(0, feed).rfind('\n');
            if (before == std::string_view::npos && start > 0)
                break; // the beginning of this line is outside the window
            const std::size_t first = before == std::string_view::npos ? 0 : before + 1;
            const std::string_view line = text.substr(first, feed - first);
            const bool torn = line.find('\0') != std::string_view::npos;
            if (!torn && end.sound == 0)
                end.sound = start + static_cast<std::int64_t>(feed) + 1;
            if (const auto row = parseAuditLine(line)) {
                end.sequence = row->sequence + unreadable;
                end.hash = row->hash;
                return end;
            }
            unreadable += torn ? 0 : 1;
            text = text.substr(0, first);
        }
        if (start == 0) {
            end.sequence = unreadable == 0 ? 0 : segment.firstSequence() - 1 + unreadable;
            return end;
        }
    }
}

Result<std::int64_t> eachLine(const AuditSegment& segment, std::int64_t from, std::int64_t to,
                              const std::function<bool(std::string_view line)>& line) {
    std::int64_t at = from;
    while (at < to) {
        const Result<std::string> piece =
            segment.read(at, std::min(pieceSize, static_cast<std::size_t>(to - at)));
        if (!piece)
            return tl::unexpected(piece.error());
        std::string_view text = *piece;
        std::size_t feed = text.find('\n');
        if (feed == std::string_view::npos) {
            // Longer than any row: damage, handed over as such up to where the piece ends.
            if (piece->empty() || !line(text))
                return at;
            at += static_cast<std::int64_t>(text.size());
        }
        for (; feed != std::string_view::npos; feed = text.find('\n')) {
            if (!line(text.substr(0, feed)))
                return at;
            at += static_cast<std::int64_t>(feed) + 1;
            text.remove_prefix(feed + 1);
        }
    }
    return at;
}

Result<std::int64_t> lastLines(const AuditSegment& segment, std::int64_t from, std::int64_t to,
                               std::int64_t count) {
    // One line feed more than lines: that of the line before them.
    std::int64_t feeds = count + 1;
    for (std::int64_t end = to; end > from;) {
        const std::int64_t start = std::max(from, end - static_cast<std::int64_t>(pieceSize));
        const Result<std::string> piece = segment.read(start, static_cast<std::size_t>(end - start));
        if (!piece)
            return tl::unexpected(piece.error());
        for (std::size_t at = piece->size(); at > 0; --at) {
            if ((*piece)[at - 1] == '\n' && --feeds == 0)
                return start + static_cast<std::int64_t>(at);
        }
        end = start;
    }
    return from;
}

} // namespace keybearer
