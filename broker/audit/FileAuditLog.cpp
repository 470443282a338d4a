#include "broker/audit/FileAuditLog.h"

#include "broker/base/PrivateFile.h"

#include <algorithm>
#include <utility>

namespace keybearer {

namespace {

// A batch is some kilobytes; a buffer that once had to be larger is not kept.
constexpr std::size_t keptCapacity = 256UL * 1024;
constexpr std::int64_t longestAnswer = 100'000; // rows of one query

// Ends the reading of one moment when it goes.
class Reading {
public:
    explicit Reading(AuditArchive& archive) : archive_(archive) {}
    ~Reading() { archive_.endReading(); }
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;

private:
    AuditArchive& archive_;
};

Error rowsLost() {
    return {ErrorCode::StoreUnavailable, "audit log: rows could not be written",
            "Check the free space on the disk and the rights of the state directory."};
}

} // namespace

Result<std::unique_ptr<FileAuditLog>> FileAuditLog::open(const std::filesystem::path& directory,
                                                         const Clock& clock, const AuditLimits& limits) {
    const std::filesystem::path rows = directory / "audit";
    if (auto made = makePrivateDirectory(rows); !made)
        return tl::unexpected(made.error());
    Result<AuditKey> key = AuditKey::load(rows / "key");
    if (!key)
        return tl::unexpected(key.error());
    std::unique_ptr<FileAuditLog> log(new FileAuditLog(rows, clock, limits, std::move(*key)));
    auto archive = AuditArchive::open(directory / "audit.sqlite", log->key_);
    if (!archive)
        return tl::unexpected(archive.error());
    log->archive_ = std::move(*archive);
    if (auto recovered = log->recover(); !recovered)
        return tl::unexpected(recovered.error());
    return log;
}

// Finds where the chain stands and begins a new file there, if the newest one has rows.
Result<void> FileAuditLog::recover() {
    const Result<ChainHead> archived = archive_->head();
    if (!archived)
        return tl::unexpected(archived.error());
    auto segments = openSegments(directory_);
    if (!segments)
        return tl::unexpected(segments.error());
    ChainHead head = *archived;
    std::int64_t cut = 0;
    // The newest file with rows tells; behind it there may be one that was begun and never written to.
    bool found = false;
    for (auto segment = segments->rbegin(); segment != segments->rend() && !found; ++segment) {
        const Result<std::int64_t> cutHere = cutUnfinished(**segment, head);
        if (!cutHere)
            return tl::unexpected(cutHere.error());
        cut += *cutHere;
        found = (*segment)->length() > 0;
    }
    std::deque<SegmentProgress> progress;
    for (const std::shared_ptr<AuditSegment>& segment : *segments)
        progress.push_back({segment, segment->length(), 0, 0});
    written_ = head;
    chain_.rewind(head);
    if (auto begun = begin(progress); !begun)
        return begun;
    worker_ = std::make_unique<AuditWorker>(
        AuditWorker::Setup{directory_.parent_path() / "audit.sqlite", directory_, key_, clock_, limits_},
        std::move(progress));
    if (cut == 0)
        return {};
    AuditEvent event;
    event.kind = "audit.truncated";
    event.why = std::to_string(cut) + " bytes of an unfinished row were cut off";
    return append(event);
}

// A file to go on in: the newest if it is empty, else a new one.
Result<void> FileAuditLog::begin(std::deque<SegmentProgress>& segments) {
    rotateAt_ = limits_.segmentBytes;
    const std::int64_t next = written_.sequence + 1;
    if (!segments.empty() && segments.back().flushed == 0 &&
        segments.back().segment->firstSequence() == next) {
        segment_ = segments.back().segment;
        return {};
    }
    auto begun = AuditSegment::open(directory_, next);
    if (!begun)
        return tl::unexpected(begun.error());
    segment_ = std::move(*begun);
    segments.push_back({segment_, 0, 0, 0});
    return {};
}

// Moves `head` to the last row of the segment; returns how many bytes had to go.
Result<std::int64_t> FileAuditLog::cutUnfinished(AuditSegment& segment, ChainHead& head) const {
    const Result<SegmentEnd> end = endOf(segment);
    if (!end)
        return tl::unexpected(end.error());
    if (end->sequence > head.sequence)
        head = {end->sequence, end->hash};
    const std::int64_t cut = segment.length() - end->sound;
    if (cut > 0) {
        if (auto truncated = segment.truncate(end->sound); !truncated)
            return tl::unexpected(truncated.error());
    }
    return cut;
}

AuditTemplate FileAuditLog::prepare(const AuditEvent& event) {
    return {auditBody(safeEvent(event))};
}

void FileAuditLog::stage(const AuditTemplate& row) {
    chain_.append(staged_, clock_.wall(), row.body);
}

Result<void> FileAuditLog::append(const AuditEvent& event) {
    const bool withOthers = !staged_.empty();
    stage(prepare(event));
    auto written = writeOut();
    stagedLost_ = stagedLost_ || (withOthers && !written);
    return written;
}

Result<void> FileAuditLog::flush() {
    if (std::exchange(stagedLost_, false)) {
        staged_.clear();
        chain_.rewind(written_);
        return failure(rowsLost());
    }
    return writeOut();
}

Result<void> FileAuditLog::writeOut() {
    if (staged_.empty())
        return {};
    if (segment_->length() >= rotateAt_)
        rotate();
    auto written = segment_->append(staged_);
    staged_.clear();
    if (staged_.capacity() > keptCapacity)
        staged_.shrink_to_fit();
    if (!written) {
        chain_.rewind(written_);
        return written;
    }
    written_ = chain_.head();
    worker_->noteFlushed(segment_->length());
    return {};
}

void FileAuditLog::rotate() {
    auto begun = AuditSegment::open(directory_, written_.sequence + 1);
    if (!begun || (*begun)->length() != 0) {
        rotateAt_ =
            segment_->length() + limits_.segmentBytes; // go on in the old file; a longer one does no harm
        return;
    }
    segment_ = std::move(*begun);
    rotateAt_ = limits_.segmentBytes;
    worker_->addSegment(segment_);
}

Result<std::vector<AuditLog::Row>> FileAuditLog::query(std::int64_t limit) {
    limit = std::clamp<std::int64_t>(limit, 0, longestAnswer);
    // In this order: what is imported after the first line is found in both places, never in none.
    const std::vector<SegmentProgress> segments = worker_->segments();
    Result<std::vector<Row>> rows = archive_->newest(limit);
    if (!rows)
        return rows;
    const std::int64_t archived = rows->empty() ? 0 : rows->front().sequence;
    std::vector<Row> newest;
    for (auto part = segments.rbegin(); part != segments.rend(); ++part) {
        std::vector<Row> here;
        const auto wanted = limit - static_cast<std::int64_t>(newest.size());
        if (auto read = readTail(*part, archived, wanted, here); !read)
            return tl::unexpected(read.error());
        newest.insert(newest.end(), std::make_move_iterator(here.rbegin()),
                      std::make_move_iterator(here.rend()));
    }
    newest.insert(newest.end(), std::make_move_iterator(rows->begin()), std::make_move_iterator(rows->end()));
    if (newest.size() > static_cast<std::size_t>(limit))
        newest.resize(static_cast<std::size_t>(limit));
    return newest;
}

// The last `count` rows of a segment that SQLite had not, oldest first.
Result<void> FileAuditLog::readTail(const SegmentProgress& part, std::int64_t archived, std::int64_t count,
                                    std::vector<Row>& rows) {
    if (count <= 0)
        return {};
    const Result<std::int64_t> start = lastLines(*part.segment, part.imported, part.flushed, count);
    if (!start)
        return tl::unexpected(start.error());
    const auto read = eachLine(*part.segment, *start, part.flushed, [&](std::string_view line) {
        auto row = parseAuditLine(line);
        if (row && row->sequence > archived)
            rows.push_back({row->sequence, std::move(row->at), std::move(row->event)});
        return true;
    });
    return read ? Result<void>() : tl::unexpected(read.error());
}

Result<AuditLog::Verdict> FileAuditLog::verify() {
    const std::vector<SegmentProgress> segments = worker_->segments();
    if (auto begun = archive_->beginReading(); !begun)
        return tl::unexpected(begun.error());
    const Reading reading(*archive_);
    ChainVerifier verifier({});
    if (auto verified = archive_->verify(verifier); !verified)
        return tl::unexpected(verified.error());
    const std::int64_t archived = verifier.head().sequence;
    for (const SegmentProgress& part : segments) {
        Result<void> compared;
        const auto read = eachLine(*part.segment, 0, part.flushed, [&](std::string_view line) {
            const std::int64_t sequence = sequenceOf(line);
            if (sequence == 0 || sequence > archived)
                verifier.accept(line);
            else
                compared = compare(line, verifier);
            return compared.has_value();
        });
        if (!read || !compared)
            return tl::unexpected(read ? compared.error() : read.error());
    }
    // Rows may have been cut off the end of the files: we know what we wrote.
    if (verifier.head().sequence != written_.sequence || verifier.head().hash != written_.hash)
        verifier.spoil(std::min(verifier.head().sequence + 1, written_.sequence));
    return verifier.verdict();
}

// A row that is in a file and in SQLite must be the same in both.
Result<void> FileAuditLog::compare(std::string_view line, ChainVerifier& verifier) {
    const Result<std::string> stored = archive_->lineAt(sequenceOf(line));
    if (!stored)
        return tl::unexpected(stored.error());
    if (!stored->empty() && *stored != line)
        verifier.spoil(sequenceOf(line));
    return {};
}

AuditLog::Status FileAuditLog::status() const {
    const Result<ChainHead> anchor = archive_->anchor();
    return {written_.sequence - (anchor ? anchor->sequence : 0), worker_->problem()};
}

std::string FileAuditLog::fingerprint(std::string_view token) const {
    return key_.tag("token", token);
}

} // namespace keybearer
