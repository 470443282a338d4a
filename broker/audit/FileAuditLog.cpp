#include "broker/audit/FileAuditLog.h"

#include "broker/audit/FileAuditReader.h"
#include "broker/base/PrivateFile.h"

#include <algorithm>
#include <utility>

namespace keybearer {

namespace {

// A batch is some kilobytes; a buffer that once had to be larger is not kept.
constexpr std::size_t keptCapacity = 256UL * 1024;
constexpr std::int64_t longestAnswer = 100'000; // rows of one query()

Error rowsLost() {
    return {ErrorCode::StoreUnavailable, "audit log: rows could not be written",
            "Check the free space on the disk and the rights of the state directory."};
}

AuditEvent setAsideEvent(const std::string& name) {
    AuditEvent event;
    event.kind = "audit.set_aside";
    event.why = "audit.sqlite was damaged";
    event.detail = "it is kept as " + name + "; the rows in it are missing here";
    return event;
}

AuditEvent retiredEvent(const AuditArchive::Retired& range, const char* why) {
    AuditEvent event;
    event.kind = "audit.retired";
    event.why = why;
    event.detail = "rows " + std::to_string(range.first) + " to " + std::to_string(range.last);
    return event;
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
    if (auto recovered = log->recover(); !recovered)
        return tl::unexpected(recovered.error());
    return log;
}

// The newest row in SQLite. A file that is no database any more is set aside: the log has to go on.
Result<FileAuditLog::Archived> FileAuditLog::archived(const std::vector<SegmentProgress>& segments,
                                                      std::string& setAside) const {
    const std::filesystem::path path = directory_.parent_path() / "audit.sqlite";
    for (;;) {
        auto archive = AuditArchive::open(path, key_);
        const Result<ChainHead> head = archive ? (*archive)->head() : tl::unexpected(archive.error());
        const Result<ChainHead> anchor = head ? (*archive)->anchor() : tl::unexpected(head.error());
        if (anchor)
            return Archived{*head, *anchor};
        const Error& error = anchor.error();
        if (error.detail("damaged") == nullptr || !setAside.empty())
            return failure(error);
        archive = failure(error); // closes it
        Result<std::string> name = AuditArchive::setAside(path, key_, rowBefore(segments), clock_.wall());
        if (!name)
            return tl::unexpected(name.error());
        setAside = std::move(*name);
    }
}

// Finds where the chain stands and begins a new file there, if the newest one has rows.
Result<void> FileAuditLog::recover() {
    auto segments = openSegments(directory_);
    if (!segments)
        return tl::unexpected(segments.error());
    std::deque<SegmentProgress> progress;
    for (const std::shared_ptr<AuditSegment>& segment : *segments)
        progress.push_back({segment, segment->length(), 0, 0});
    std::string setAside;
    const Result<Archived> before = archived({progress.begin(), progress.end()}, setAside);
    if (!before)
        return tl::unexpected(before.error());
    ChainHead head = before->head;
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
    for (SegmentProgress& part : progress)
        part.flushed = part.segment->length(); // without what was cut off
    written_ = head;
    chain_.rewind(head);
    if (auto begun = begin(progress); !begun)
        return begun;
    worker_ = std::make_unique<AuditWorker>(AuditWorker::Setup{directory_.parent_path() / "audit.sqlite",
                                                               directory_, key_, clock_, limits_,
                                                               before->anchor.sequence},
                                            std::move(progress));
    if (!setAside.empty()) {
        if (auto noted = appendQuietly(setAsideEvent(setAside)); !noted)
            return noted;
    }
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
    auto written = appendQuietly(event);
    tell(event, written);
    return written;
}

Result<void> FileAuditLog::appendQuietly(const AuditEvent& event) {
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
    auto written = writeOut();
    if (!written)
        tell({}, written);
    return written;
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
    AuditFilter filter;
    limit = std::clamp<std::int64_t>(limit, 0, longestAnswer);
    std::vector<Row> rows;
    const std::unique_ptr<AuditReader> newest = reader();
    for (bool more = limit > 0; more;) {
        filter.limit = limit - static_cast<std::int64_t>(rows.size());
        Result<AuditPage> page = newest->query(filter);
        if (!page)
            return tl::unexpected(page.error());
        rows.insert(rows.end(), std::make_move_iterator(page->rows.begin()),
                    std::make_move_iterator(page->rows.end()));
        filter.before = page->next;
        more = page->more && rows.size() < static_cast<std::size_t>(limit);
    }
    return rows;
}

Result<AuditLog::Verdict> FileAuditLog::verify() {
    return reader()->verify(0);
}

std::unique_ptr<AuditReader> FileAuditLog::reader() {
    return std::make_unique<FileAuditReader>(FileAuditReader::View{
        directory_.parent_path() / "audit.sqlite", worker_->segments(), written_, key_, seal_});
}

void FileAuditLog::attend() {
    const AuditNotes notes = worker_->takeNotes();
    // What cannot be written now is told by the failure itself.
    if (notes.forAge.last != 0)
        static_cast<void>(append(retiredEvent(notes.forAge, "age")).has_value());
    if (notes.forRoom.last != 0)
        static_cast<void>(append(retiredEvent(notes.forRoom, "room")).has_value());
    if (!notes.setAside.empty())
        static_cast<void>(append(setAsideEvent(notes.setAside)).has_value());
}

void FileAuditLog::openSeal(std::optional<Secret> item) {
    Result<AuditSeal> known = item ? AuditSeal::parse(*item) : AuditSeal();
    // A damaged item is as good as none; that the log was sealed before shows in its marks.
    seal_ = std::make_shared<const AuditSeal>(known ? std::move(*known) : AuditSeal());
    sealStored_ = seal_->remembered();
    worker_->useSeal(seal_);
}

std::optional<Secret> FileAuditLog::sealItem() {
    const ChainHead sealed = worker_->sealed();
    const bool first = sealStored_.sequence == 0 && sealed.sequence == 0 && !sealKept_;
    // Never backwards: before its first round the worker knows of no seal.
    if (!seal_ || (sealed.sequence <= sealStored_.sequence && !first))
        return std::nullopt;
    sealKept_ = true;
    sealStored_ = sealed;
    return seal_->item(sealed);
}

AuditLog::Status FileAuditLog::status() const {
    return {written_.sequence - worker_->anchored(), worker_->problem()};
}

std::string FileAuditLog::fingerprint(std::string_view token) const {
    return key_.tag("token", token);
}

} // namespace keybearer
