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
// What may wait for a quieter moment: some 150 000 rows, half a second of import.
constexpr std::int64_t mostWaiting = 64LL * 1024 * 1024;
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

bool importIsDue(std::int64_t bytesSinceLastRound, std::int64_t bytesWaiting) {
    return bytesSinceLastRound < busyBytes || bytesWaiting >= mostWaiting;
}

AuditWorker::AuditWorker(Setup setup, std::deque<SegmentProgress> segments)
    : setup_(std::move(setup)), segments_(std::move(segments)), pause_(setup_.limits.gather),
      thread_([this] { run(); }) {}

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
    if (!shallImport())
        return {};
    if (auto imported = importAll(); !imported)
        return imported;
    if (stopping())
        return {};
    if (auto removed = removeImported(); !removed)
        return removed;
    return retireOld();
}

// If not, there will be another round.
bool AuditWorker::shallImport() {
    const std::lock_guard lock(mutex_);
    const std::int64_t fresh = flushed_ - std::exchange(seen_, flushed_);
    std::int64_t waiting = 0;
    for (const SegmentProgress& part : segments_)
        waiting += part.flushed - part.imported;
    const bool due = std::exchange(importing_, false) || importIsDue(fresh, waiting);
    dirty_ = dirty_ || !due;
    return due;
}

Result<void> AuditWorker::importAll() {
    if (!archive_) {
        auto archive = AuditArchive::open(setup_.database, setup_.key);
        if (!archive)
            return tl::unexpected(archive.error());
        archive_ = std::move(*archive);
    }
    for (bool more = true; more;) {
        if (auto imported = importNext(more); !imported)
            return imported;
        if (stopping())
            break;
    }
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

Result<void> AuditWorker::importNext(bool& more) {
    more = false;
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
            return imported;
        more = true;
        const std::lock_guard lock(mutex_);
        for (SegmentProgress& mine : segments_) {
            if (mine.segment == part.segment)
                mine.imported = *behind;
        }
        return {};
    }
    return {};
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
    if (retired_ && now - *retired_ < retireEvery)
        return {};
    const std::string cutoff = toRfc3339(now - setup_.limits.keep);
    for (bool more = true; more && !stopping();) {
        const Result<bool> removed = archive_->retire(cutoff);
        if (!removed)
            return tl::unexpected(removed.error());
        more = *removed;
    }
    retired_ = now;
    return {};
}

void AuditWorker::note(const Result<void>& outcome) {
    if (!outcome) {
        archive_.reset(); // SQLite may have been the reason; begin anew with it
        pause_ = std::min<std::chrono::milliseconds>(2 * pause_, longestPause);
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

} // namespace keybearer
