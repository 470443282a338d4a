#pragma once

#include "broker/audit/AuditRow.h"
#include "broker/audit/AuditSummary.h"

#include <atomic>
#include <string>
#include <vector>

namespace keybearer {

// Which rows are wanted. An empty text matches everything.
struct AuditFilter {
    std::int64_t limit = 100;
    // Rows with a greater sequence, the oldest first. Absent: the newest first.
    std::optional<std::int64_t> after;
    std::int64_t before = 0;  // only rows with a smaller sequence; 0: all
    std::string since, until; // RFC 3339, both inclusive
    std::string caller;       // the whole path or the file's name
    std::string kind;         // token.denied, or the family: token
    std::string provider, account, sessionId, client, tool;

    [[nodiscard]] bool matches(const AuditLine& row) const;
    [[nodiscard]] bool matchesAll() const;
};

struct AuditPage {
    std::vector<AuditLog::Row> rows;
    bool more = false;     // not everything has been looked at: ask again from `next` on
    std::int64_t next = 0; // for `before` or `after`, as it was asked
};

// Where a page ends although fewer rows than wanted were found: nobody waits for a search through millions of
// rows, nor for an answer of many mebibytes.
struct AuditPageBounds {
    static constexpr std::int64_t mostLooked = 200'000;
    static constexpr std::size_t mostBytes = 512UL * 1024;
    // A wall clock may have been set back: rows are looked for so much longer than their times would need.
    static constexpr std::chrono::hours clockSlack{24};
};

// One page in the making. Rows are offered in the order in which they are wanted.
class AuditPageWriter {
public:
    explicit AuditPageWriter(const AuditFilter& filter);
    // False: the page ends before this row.
    [[nodiscard]] bool offer(std::int64_t sequence, std::string_view line);
    [[nodiscard]] bool full() const { return page_.more; }
    [[nodiscard]] AuditPage take() { return std::move(page_); }

private:
    const AuditFilter& filter_;
    std::string stop_; // newest first: older rows than this cannot be wanted
    std::int64_t looked_ = 0;
    std::size_t bytes_ = 0;
    bool ended_ = false;
    AuditPage page_;
};

// The log as it was when this was made by AuditLog::reader(). To be used in one thread, any; reads files and
// may take its time. Never writes.
class AuditReader {
public:
    virtual ~AuditReader() = default;
    [[nodiscard]] virtual Result<AuditPage> query(const AuditFilter& filter) = 0;
    // How many rows there are, by day, program, provider and kind.
    [[nodiscard]] virtual Result<AuditSummary> summarise(const AuditSummaryWish& wish) = 0;
    // `newest`: only so many of the newest rows, and all marks; 0: every row.
    [[nodiscard]] virtual Result<AuditLog::Verdict> verify(std::int64_t newest = 0) = 0;
    // From any thread: what is under way ends soon, with an error.
    void stop() { stopped_ = true; }

protected:
    [[nodiscard]] bool stopped() const { return stopped_; }
    std::atomic<bool> stopped_ = false;
};

} // namespace keybearer
