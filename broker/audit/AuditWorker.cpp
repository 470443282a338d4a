#include "broker/audit/AuditWorker.h"

#include "broker/base/Time.h"

#include <fcntl.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace keybearer {

namespace {

constexpr std::size_t rowsAtOnce = 2000; // some 10 ms a transaction: nobody who reads waits longer
// Some 600 rows a second: then the processor has better things to do.
constexpr std::int64_t busyBytes = 256LL * 1024;
// What is moved in a busy second all the same, some 9000 rows: a twentieth of one processor at most. What is
// written faster than that waits in its files for a quieter moment; AuditLimits::mostBytes bounds them.
constexpr std::int64_t busyAllowance = 4LL * 1024 * 1024;
constexpr std::chrono::minutes longestPause{1};
constexpr std::chrono::hours retireEvery{24};

// A new file is durable once its directory is.
void syncDirectory(const std::filesystem::path& directory) {
    const int fd = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return;
    static_cast<void>(::fsync(fd));
    ::close(fd);
}

} // namespace

std::int64_t importAllowance(std::int64_t bytesSinceLastRound) {
    return bytesSinceLastRound < busyBytes ? INT64_MAX : busyAllowance;
}

AuditWorker::AuditWorker(Setup setup, std::deque<SegmentProgress> segments)
    : setup_(std::move(setup)), keepDays_(setup_.limits.keep.count()), mostBytes_(setup_.limits.mostBytes),
      segments_(std::move(segments)), anchored_(setup_.anchored), pause_(setup_.limits.gather),
      thread_([this] { run(); }) {}

void AuditWorker::keep(std::chrono::days days, std::int64_t mostBytes) {
    keepChanged_ = keepDays_.exchange(days.count()) > days.count();
    mostBytes_ = mostBytes;
}

AuditWorker::~AuditWorker() {
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

void AuditWorker::addSegment(std::shared_ptr<AuditSegment> segment) {
    const std::lock_guard lock(mutex_);
    const std::int64_t length = segment->length();
    segments_.push_back({std::move(segment), length, 0, 0});
}

void AuditWorker::noteFlushed(std::int64_t length) {
    bool asleep = false;
    {
        const std::lock_guard lock(mutex_);
        flushed_ += length - segments_.back().flushed;
        segments_.back().flushed = length;
        asleep = !std::exchange(dirty_, true);
    }
    if (asleep)
        wake_.notify_one();
}

std::vector<SegmentProgress> AuditWorker::segments() const {
    const std::lock_guard lock(mutex_);
    return {segments_.begin(), segments_.end()};
}

std::string AuditWorker::problem() const {
    const std::lock_guard lock(mutex_);
    return problem_;
}

bool AuditWorker::settle(std::chrono::milliseconds limit) {
    std::unique_lock lock(mutex_);
    // A round that has begun may have looked at the files before the last flush: wait for the one after it.
    const std::uint64_t wanted = rounds_ + 2;
    const auto ready = [this, wanted] {
        if (rounds_ >= wanted)
            return true;
        dirty_ = hurry_ = importing_ = true;
        wake_.notify_one();
        return false;
    };
    return done_.wait_for(lock, limit, ready) && problem_.empty();
}

bool AuditWorker::stopping() const {
    const std::lock_guard lock(mutex_);
    return stop_;
}

void AuditWorker::run() {
    while (waitForWork())
        note(round());
    // The last word: durable, and as much of it imported as takes no time.
    note(round());
}

// False when it is time to stop.
bool AuditWorker::waitForWork() {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [this] { return dirty_ || stop_; });
    wake_.wait_for(lock, pause_, [this] { return hurry_ || stop_; });
    dirty_ = hurry_ = false;
    return !stop_;
}

Result<void> AuditWorker::round() {
    if (auto synced = syncAll(); !synced)
        return synced;
    const std::int64_t allowed = allowance();
    if (auto opened = openArchive(); !opened)
        return opened;
    if (auto imported = importAll(allowed); !imported)
        return imported;
    if (auto sealed = sealImported(); !sealed || stopping())
        return sealed;
    if (auto removed = removeImported(); !removed)
        return removed;
    if (auto retired = retireOld(); !retired)
        return retired;
    return makeRoom();
}

std::int64_t AuditWorker::allowance() {
    const std::lock_guard lock(mutex_);
    const std::int64_t fresh = flushed_ - std::exchange(seen_, flushed_);
    return std::exchange(importing_, false) ? INT64_MAX : importAllowance(fresh);
}

bool AuditWorker::grownBusy() const {
    const std::lock_guard lock(mutex_);
    return importAllowance(flushed_ - seen_) != INT64_MAX;
}

Result<void> AuditWorker::openArchive() {
    if (archive_)
        return {};
    auto archive = AuditArchive::open(setup_.database, setup_.key);
    if (!archive)
        return tl::unexpected(archive.error());
    archive_ = std::move(*archive);
    return {};
}

// What is over the allowance is left to the rounds to come.
Result<void> AuditWorker::importAll(std::int64_t allowed) {
    for (std::int64_t moved = 0;;) {
        const Result<std::int64_t> bytes = importNext();
        if (!bytes)
            return tl::unexpected(bytes.error());
        moved += *bytes;
        if (*bytes == 0 || stopping())
            return {};
        if (moved < allowed && !(allowed == INT64_MAX && moved >= busyAllowance && grownBusy()))
            continue;
        const std::lock_guard lock(mutex_);
        dirty_ = true;
        return {};
    }
}

Result<void> AuditWorker::sealImported() {
    const std::shared_ptr<const AuditSeal> seal = currentSeal();
    const Result<ChainHead> anchor = archive_->anchor();
    if (!anchor)
        return tl::unexpected(anchor.error());
    Result<ChainHead> sealed = seal ? archive_->seal(*seal) : ChainHead{};
    if (!sealed)
        return tl::unexpected(sealed.error());
    const std::lock_guard lock(mutex_);
    anchored_ = anchor->sequence;
    if (seal)
        sealed_ = *sealed;
    return {};
}

Result<void> AuditWorker::syncAll() {
    for (const SegmentProgress& part : segments()) {
        if (part.flushed == part.synced)
            continue;
        if (auto synced = part.segment->sync(); !synced)
            return synced;
        if (part.synced == 0)
            syncDirectory(setup_.directory);
        const std::lock_guard lock(mutex_);
        for (SegmentProgress& mine : segments_) {
            if (mine.segment == part.segment)
                mine.synced = part.flushed;
        }
    }
    return {};
}

Result<std::int64_t> AuditWorker::importNext() {
    for (const SegmentProgress& part : segments()) {
        if (part.imported == part.flushed)
            continue;
        std::vector<std::string> lines;
        const auto behind = eachLine(*part.segment, part.imported, part.flushed, [&](std::string_view line) {
            if (lines.size() == rowsAtOnce)
                return false;
            lines.emplace_back(line);
            return true;
        });
        if (!behind)
            return tl::unexpected(behind.error());
        if (auto imported = archive_->import(lines); !imported)
            return tl::unexpected(imported.error());
        const std::int64_t moved = *behind - part.imported;
        const std::lock_guard lock(mutex_);
        for (SegmentProgress& mine : segments_) {
            if (mine.segment == part.segment)
                mine.imported = *behind;
        }
        return moved;
    }
    return 0;
}

Result<void> AuditWorker::removeImported() {
    for (;;) {
        std::shared_ptr<AuditSegment> oldest;
        {
            const std::lock_guard lock(mutex_);
            if (segments_.size() < 2 || segments_.front().imported != segments_.front().flushed)
                return {};
            oldest = segments_.front().segment;
        }
        const Result<bool> durable = archive_->makeDurable();
        if (!durable)
            return tl::unexpected(durable.error());
        if (!*durable)
            return {}; // somebody reads; the next round will do
        std::error_code error;
        std::filesystem::remove(oldest->path(), error);
        const std::lock_guard lock(mutex_);
        segments_.pop_front();
    }
}

Result<void> AuditWorker::retireOld() {
    const WallTime now = setup_.clock.wall();
    if (retired_ && now - *retired_ < retireEvery && !keepChanged_.exchange(false))
        return {};
    const std::shared_ptr<const AuditSeal> seal = currentSeal();
    const std::string cutoff = toRfc3339(now - std::chrono::days(keepDays_.load()));
    for (bool more = true; more && !stopping();) {
        const auto removed = archive_->retire(cutoff, seal.get());
        if (!removed)
            return tl::unexpected(removed.error());
        more = removed->more;
        noteRetired(&AuditNotes::forAge, removed->first, removed->last);
    }
    retired_ = now;
    return {};
}

// The oldest rows go when all of them take too much room; those in SQLite first, they are the older ones.
Result<void> AuditWorker::makeRoom() {
    const std::shared_ptr<const AuditSeal> seal = currentSeal();
    while (!stopping()) {
        const Result<std::int64_t> bytes = bytesInAll();
        if (!bytes || *bytes <= mostBytes_.load())
            return bytes ? Result<void>() : tl::unexpected(bytes.error());
        const auto removed = archive_->retire({}, seal.get());
        if (!removed)
            return tl::unexpected(removed.error());
        noteRetired(&AuditNotes::forRoom, removed->first, removed->last);
        if (removed->last != 0)
            continue;
        const Result<bool> went = retireSegment();
        if (!went || !*went)
            return went ? Result<void>() : tl::unexpected(went.error());
    }
    return {};
}

// Gives up the oldest file without importing it; never the one that is being written to.
Result<bool> AuditWorker::retireSegment() {
    const std::vector<SegmentProgress> parts = segments();
    const std::shared_ptr<const AuditSeal> seal = currentSeal();
    Result<bool> may = archive_->mayRetire(seal.get());
    if (!may)
        return may;
    if (!*may || parts.size() < 2)
        return false;
    const AuditSegment& oldest = *parts.front().segment;
    const Result<SegmentEnd> end = endOf(oldest);
    if (!end)
        return tl::unexpected(end.error());
    if (end->sequence != 0) {
        if (auto removed = archive_->retireThrough({end->sequence, end->hash}, seal.get()); !removed)
            return tl::unexpected(removed.error());
    }
    noteRetired(&AuditNotes::forRoom, oldest.firstSequence(), end->sequence);
    std::error_code error;
    std::filesystem::remove(oldest.path(), error);
    const std::lock_guard lock(mutex_);
    segments_.pop_front();
    return true;
}

Result<std::int64_t> AuditWorker::bytesInAll() {
    Result<std::int64_t> used = archive_->usedBytes();
    if (!used)
        return used;
    std::int64_t bytes = *used;
    const std::lock_guard lock(mutex_);
    for (const SegmentProgress& part : segments_)
        bytes += part.flushed - part.imported;
    return bytes;
}

void AuditWorker::noteRetired(AuditArchive::Retired AuditNotes::*which, std::int64_t first,
                              std::int64_t last) {
    if (last == 0)
        return;
    const std::lock_guard lock(mutex_);
    AuditArchive::Retired& range = notes_.*which;
    range.first = range.first == 0 ? first : range.first;
    range.last = last;
    anchored_ = last;
}

// The file is no database any more: its rows are given up, the log goes on without them. The rows that are
// still in their files are imported anew.
void AuditWorker::setAside() {
    archive_.reset();
    const auto name =
        AuditArchive::setAside(setup_.database, setup_.key, rowBefore(segments()), setup_.clock.wall());
    setAsideOnce_ = true;
    if (!name)
        return; // the next round tells what it cannot do
    const std::lock_guard lock(mutex_);
    notes_.setAside = *name;
    for (SegmentProgress& part : segments_)
        part.imported = 0;
}

void AuditWorker::note(const Result<void>& outcome) {
    if (!outcome) {
        archive_.reset(); // SQLite may have been the reason; begin anew with it
        pause_ = std::min<std::chrono::milliseconds>(2 * pause_, longestPause);
        if (outcome.error().detail("damaged") != nullptr && !setAsideOnce_)
            setAside();
    } else {
        pause_ = setup_.limits.gather;
    }
    {
        const std::lock_guard lock(mutex_);
        problem_ = outcome ? std::string() : outcome.error().message;
        dirty_ = dirty_ || !outcome;
        ++rounds_;
    }
    done_.notify_all();
}

AuditNotes AuditWorker::takeNotes() {
    const std::lock_guard lock(mutex_);
    return std::exchange(notes_, {});
}

void AuditWorker::useSeal(std::shared_ptr<const AuditSeal> seal) {
    {
        const std::lock_guard lock(mutex_);
        seal_ = std::move(seal);
        dirty_ = true;
    }
    wake_.notify_one();
}

std::shared_ptr<const AuditSeal> AuditWorker::currentSeal() const {
    const std::lock_guard lock(mutex_);
    return seal_;
}

ChainHead AuditWorker::sealed() const {
    const std::lock_guard lock(mutex_);
    return sealed_;
}

std::int64_t AuditWorker::anchored() const {
    const std::lock_guard lock(mutex_);
    return anchored_;
}

} // namespace keybearer
