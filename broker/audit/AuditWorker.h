#pragma once

#include "broker/audit/AuditArchive.h"
#include "broker/audit/AuditSeal.h"
#include "broker/audit/SegmentProgress.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace keybearer {

// How many bytes of rows may be moved into SQLite in this round. That costs more processor time than writing
// them did, and nothing is lost by waiting: so only a little while many are being written.
[[nodiscard]] std::int64_t importAllowance(std::int64_t bytesSinceLastRound);

// What happened behind the scenes and belongs into the log.
struct AuditNotes {
    AuditArchive::Retired forAge, forRoom; // rows that are gone
    std::string setAside;                  // the new name of a damaged audit.sqlite
};

// The thread behind a FileAuditLog: makes rows durable, moves them into SQLite when there is little to do,
// removes files that are done with, and rows that are too old or too many. Sleeps while nothing is appended.
// If SQLite fails, the rows stay in their files and it tries again, at growing intervals; a file that is no
// sound database is set aside. Public methods: event loop thread.
class AuditWorker {
public:
    struct Setup {
        std::filesystem::path database;
        std::filesystem::path directory; // of the segments
        const AuditKey& key;
        const Clock& clock;
        AuditLimits limits;
        std::int64_t anchored = 0; // the last row that was removed
    };
    AuditWorker(Setup setup, std::deque<SegmentProgress> segments);
    // What has been flushed is on the disk when this returns; the rest of the import is left to the next
    // start.
    ~AuditWorker();
    AuditWorker(const AuditWorker&) = delete;
    AuditWorker& operator=(const AuditWorker&) = delete;

    void addSegment(std::shared_ptr<AuditSegment> segment);
    void noteFlushed(std::int64_t length); // of the newest segment
    [[nodiscard]] std::vector<SegmentProgress> segments() const;
    [[nodiscard]] std::string problem() const;
    // Since it was last asked.
    [[nodiscard]] AuditNotes takeNotes();
    void useSeal(std::shared_ptr<const AuditSeal> seal);
    // The newest row that the store's seal stands on, and the last that was removed.
    [[nodiscard]] ChainHead sealed() const;
    [[nodiscard]] std::int64_t anchored() const;
    void keep(std::chrono::days days, std::int64_t mostBytes);
    // Waits until everything flushed before is in SQLite, or a round has failed, or the time is over.
    bool settle(std::chrono::milliseconds limit);

private:
    void run();
    [[nodiscard]] bool waitForWork();
    [[nodiscard]] Result<void> round();
    [[nodiscard]] std::int64_t allowance();
    [[nodiscard]] bool grownBusy() const;
    [[nodiscard]] Result<void> openArchive();
    [[nodiscard]] Result<void> importAll(std::int64_t allowed);
    [[nodiscard]] Result<void> syncAll();
    // Bytes that were moved; 0: there is nothing left.
    [[nodiscard]] Result<std::int64_t> importNext();
    [[nodiscard]] Result<void> sealImported();
    [[nodiscard]] Result<void> removeImported();
    [[nodiscard]] Result<void> retireOld();
    [[nodiscard]] Result<void> makeRoom();
    [[nodiscard]] Result<bool> retireSegment();
    [[nodiscard]] Result<std::int64_t> bytesInAll();
    void noteRetired(AuditArchive::Retired AuditNotes::*which, std::int64_t first, std::int64_t last);
    void setAside();
    void note(const Result<void>& outcome);
    [[nodiscard]] std::shared_ptr<const AuditSeal> currentSeal() const;
    [[nodiscard]] bool stopping() const;

    const Setup setup_;
    std::atomic<std::int64_t> keepDays_;
    std::atomic<std::int64_t> mostBytes_;
    std::atomic<bool> keepChanged_ = false; // retire without waiting for the next turn
    mutable std::mutex mutex_;              // guards everything down to settled_
    std::condition_variable wake_;
    std::condition_variable done_;
    std::deque<SegmentProgress> segments_; // oldest first; only the last one grows
    std::string problem_;
    AuditNotes notes_;
    std::shared_ptr<const AuditSeal> seal_;
    ChainHead sealed_;
    std::int64_t anchored_;
    std::int64_t flushed_ = 0; // bytes in all
    bool dirty_ = true;        // what an earlier process left behind is imported at once
    bool hurry_ = false;
    bool stop_ = false;
    bool importing_ = false; // somebody waits for the import
    std::uint64_t rounds_ = 0;

    std::unique_ptr<AuditArchive> archive_; // the thread's own
    std::optional<WallTime> retired_;       // when old rows were last looked for
    bool setAsideOnce_ = false;             // a second time in one life is no accident of the file
    std::int64_t seen_ = 0;                 // bytes flushed in all, as of the last round
    std::chrono::milliseconds pause_;       // before the next try
    std::thread thread_;                    // last: runs from here on
};

} // namespace keybearer
