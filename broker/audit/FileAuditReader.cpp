#include "broker/audit/FileAuditReader.h"

#include <algorithm>

namespace keybearer {

namespace {

// Ends the reading of one moment when it goes.
class OneMoment {
public:
    explicit OneMoment(AuditArchive& archive) : archive_(archive) {}
    ~OneMoment() { archive_.endReading(); }
    OneMoment(const OneMoment&) = delete;
    OneMoment& operator=(const OneMoment&) = delete;

private:
    AuditArchive& archive_;
};

Error stoppedError() {
    return {ErrorCode::InternalError, "the broker is ending", "Ask again."};
}

} // namespace

Result<void> FileAuditReader::begin() {
    if (!archive_) {
        auto archive = AuditArchive::open(view_.database, view_.key);
        if (!archive)
            return tl::unexpected(archive.error());
        archive_ = std::move(*archive);
    }
    return archive_->beginReading();
}

Result<AuditPage> FileAuditReader::query(const AuditFilter& filter) {
    if (auto begun = begin(); !begun)
        return tl::unexpected(begun.error());
    const OneMoment moment(*archive_);
    AuditPageWriter page(filter);
    const auto offer = [&page](std::int64_t sequence, std::string_view line) {
        return page.offer(sequence, line);
    };
    auto read = filter.after ? oldestFirst(filter, page) : newestFirst(filter, offer);
    if (!read)
        return tl::unexpected(read.error());
    return page.take();
}

Result<AuditSummary> FileAuditReader::summarise(const AuditSummaryWish& wish) {
    if (auto begun = begin(); !begun)
        return tl::unexpected(begun.error());
    const OneMoment moment(*archive_);
    AuditTally tally(wish);
    AuditFilter every;
    every.since = wish.since; // so that more is wanted of the files than their last rows
    const auto read =
        newestFirst(every, [&tally](std::int64_t, std::string_view line) { return tally.offer(line); });
    if (!read || stopped())
        return tl::unexpected(read ? stoppedError() : read.error());
    return tally.take();
}

// The lines of a segment that SQLite had not, oldest first.
Result<std::vector<std::string>> FileAuditReader::tailOf(std::size_t index, std::int64_t archived,
                                                         const AuditFilter& filter) const {
    const SegmentProgress& part = view_.segments[index];
    // Of the last row in it; 0: not known.
    const std::int64_t last =
        index + 1 < view_.segments.size() ? view_.segments[index + 1].segment->firstSequence() - 1 : 0;
    std::vector<std::string> lines;
    const bool behind = filter.before != 0 && part.segment->firstSequence() >= filter.before;
    const bool done = last != 0 && last <= filter.after.value_or(0);
    if (behind || done)
        return lines;
    std::int64_t start = part.imported;
    if (!filter.after && filter.before == 0 && filter.matchesAll()) {
        const Result<std::int64_t> tail =
            lastLines(*part.segment, part.imported, part.flushed, filter.limit + 1);
        if (!tail)
            return tl::unexpected(tail.error());
        start = *tail;
    }
    const auto read = eachLine(*part.segment, start, part.flushed, [&](std::string_view line) {
        const std::int64_t sequence = sequenceOf(line);
        if (sequence > archived && sequence > filter.after.value_or(0) &&
            (filter.before == 0 || sequence < filter.before))
            lines.emplace_back(line);
        return !stopped();
    });
    if (!read || stopped())
        return tl::unexpected(read ? stoppedError() : read.error());
    return lines;
}

Result<void> FileAuditReader::newestFirst(const AuditFilter& filter, const AuditArchive::Visitor& offer) {
    const Result<ChainHead> archived = archive_->head();
    if (!archived)
        return tl::unexpected(archived.error());
    for (std::size_t index = view_.segments.size(); index-- > 0;) {
        const auto lines = tailOf(index, archived->sequence, filter);
        if (!lines)
            return tl::unexpected(lines.error());
        for (auto line = lines->rbegin(); line != lines->rend(); ++line) {
            if (!offer(sequenceOf(*line), *line))
                return {};
        }
    }
    return archive_->descend(filter.before, [&](std::int64_t sequence, std::string_view line) {
        return !stopped() && offer(sequence, line);
    });
}

Result<void> FileAuditReader::oldestFirst(const AuditFilter& filter, AuditPageWriter& page) {
    std::int64_t after = *filter.after;
    if (after == 0 && !filter.since.empty()) {
        const Result<std::int64_t> start = archive_->before(filter.since);
        if (!start)
            return tl::unexpected(start.error());
        after = *start;
    }
    const Result<ChainHead> archived = archive_->head();
    if (!archived)
        return tl::unexpected(archived.error());
    const auto offer = [&](std::int64_t sequence, std::string_view line) {
        return !stopped() && (filter.before == 0 || sequence < filter.before) && page.offer(sequence, line);
    };
    if (auto read = archive_->ascend(after, offer); !read || page.full())
        return read;
    for (std::size_t index = 0; index < view_.segments.size(); ++index) {
        const auto lines = tailOf(index, archived->sequence, filter);
        if (!lines)
            return tl::unexpected(lines.error());
        for (const std::string& line : *lines) {
            if (!page.offer(sequenceOf(line), line))
                return {};
        }
    }
    return {};
}

Result<AuditLog::Verdict> FileAuditReader::verify(std::int64_t newest) {
    if (auto begun = begin(); !begun)
        return tl::unexpected(begun.error());
    const OneMoment moment(*archive_);
    ChainVerifier verifier({});
    const auto goOn = [this] { return !stopped(); };
    if (auto verified = archive_->verify(verifier, view_.seal.get(), newest, goOn); !verified)
        return tl::unexpected(verified.error());
    const std::int64_t archived = verifier.head().sequence;
    for (const SegmentProgress& part : view_.segments) {
        Result<void> compared;
        const auto read = eachLine(*part.segment, 0, part.flushed, [&](std::string_view line) {
            const std::int64_t sequence = sequenceOf(line);
            if (sequence == 0 || sequence > archived)
                verifier.accept(line);
            else if (newest == 0 || sequence > archived - newest)
                compared = compare(line, verifier);
            return compared.has_value() && !stopped();
        });
        if (!read || !compared)
            return tl::unexpected(read ? compared.error() : read.error());
    }
    if (stopped())
        return failure(stoppedError());
    // Rows may have been cut off the end of the files: we know what we wrote.
    if (verifier.head().sequence != view_.written.sequence || verifier.head().hash != view_.written.hash)
        verifier.spoil(std::min(verifier.head().sequence + 1, view_.written.sequence), "tail_cut");
    return verifier.verdict();
}

// A row that is in a file and in SQLite must be the same in both.
Result<void> FileAuditReader::compare(std::string_view line, ChainVerifier& verifier) {
    const Result<std::string> stored = archive_->lineAt(sequenceOf(line));
    if (!stored)
        return tl::unexpected(stored.error());
    if (!stored->empty() && *stored != line)
        verifier.spoil(sequenceOf(line), "differs");
    return {};
}

} // namespace keybearer
