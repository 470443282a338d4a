#pragma once

#include "broker/audit/AuditRow.h"
#include "broker/base/Result.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace keybearer {

// One file of rows, mode 0600, only ever appended to: rows-<first sequence, 20 digits>.jsonl. append()
// belongs to the event loop thread; sync() and read() may be called from another thread at the same time, for
// what length() said before.
class AuditSegment {
public:
    // Opens or makes the file whose first row is to have this sequence. A link in its place is refused.
    [[nodiscard]] static Result<std::shared_ptr<AuditSegment>> open(const std::filesystem::path& directory,
                                                                    std::int64_t firstSequence);
    ~AuditSegment();
    AuditSegment(const AuditSegment&) = delete;
    AuditSegment& operator=(const AuditSegment&) = delete;

    // All the rows or none: what was written of them is taken back if the disk does not hold them all.
    [[nodiscard]] Result<void> append(std::string_view rows);
    // Cuts the file; only at opening, for an unfinished row.
    [[nodiscard]] Result<void> truncate(std::int64_t length);

    [[nodiscard]] Result<void> sync() const;
    // Up to `limit` bytes from `offset`; fewer at the end.
    [[nodiscard]] Result<std::string> read(std::int64_t offset, std::size_t limit) const;

    [[nodiscard]] std::int64_t length() const { return length_; }
    [[nodiscard]] std::int64_t firstSequence() const { return firstSequence_; }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    AuditSegment(int fd, std::filesystem::path path, std::int64_t firstSequence, std::int64_t length)
        : fd_(fd), path_(std::move(path)), firstSequence_(firstSequence), length_(length) {}
    [[nodiscard]] Error problem(const std::string& what) const;

    const int fd_;
    const std::filesystem::path path_;
    const std::int64_t firstSequence_;
    std::int64_t length_;
    bool overlong_ = false; // a part of a row stands behind length_, because taking it back failed
};

// The segments of a directory, oldest first; files of other names are left alone.
[[nodiscard]] Result<std::vector<std::shared_ptr<AuditSegment>>>
openSegments(const std::filesystem::path& directory);

// How a segment ends.
struct SegmentEnd {
    std::int64_t sound = 0;    // length without the unfinished row of a power cut: no line feed, or NUL bytes
    std::int64_t sequence = 0; // of the last row, counting rows that cannot be read; 0 if there is none
    AuditHash hash{};          // of the last row that can be read
};
[[nodiscard]] Result<SegmentEnd> endOf(const AuditSegment& segment);

// Hands over the complete lines between two offsets, without their line feeds, until `line` returns false.
// Returns the offset behind the last line handed over.
[[nodiscard]] Result<std::int64_t> eachLine(const AuditSegment& segment, std::int64_t from, std::int64_t to,
                                            const std::function<bool(std::string_view line)>& line);

// Where the last `count` lines between two offsets begin, or a little before; `from` if there are not so
// many.
[[nodiscard]] Result<std::int64_t> lastLines(const AuditSegment& segment, std::int64_t from, std::int64_t to,
                                             std::int64_t count);

} // namespace keybearer
