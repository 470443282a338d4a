#pragma once

#include "broker/audit/AuditArchive.h"
#include "broker/audit/AuditReader.h"
#include "broker/audit/AuditSeal.h"
#include "broker/audit/SegmentProgress.h"

namespace keybearer {

// Reads a FileAuditLog: the rows in SQLite through a connection of its own, then those in the files that were
// not there yet. Opened where it is used, so the event loop never waits for SQLite.
class FileAuditReader final : public AuditReader {
public:
    struct View {
        std::filesystem::path database;
        std::vector<SegmentProgress> segments; // taken before the database is opened: nothing is missed
        ChainHead written;                     // the last row that was handed to the kernel
        const AuditKey& key;                   // of the log, which outlives its readers
        std::shared_ptr<const AuditSeal> seal; // null: the store of secrets was not open yet
    };
    explicit FileAuditReader(View view) : view_(std::move(view)) {}

    [[nodiscard]] Result<AuditPage> query(const AuditFilter& filter) override;
    [[nodiscard]] Result<AuditSummary> summarise(const AuditSummaryWish& wish) override;
    [[nodiscard]] Result<AuditLog::Verdict> verify(std::int64_t newest) override;

private:
    [[nodiscard]] Result<void> begin();
    [[nodiscard]] Result<void> newestFirst(const AuditFilter& filter, const AuditArchive::Visitor& offer);
    [[nodiscard]] Result<void> oldestFirst(const AuditFilter& filter, AuditPageWriter& page);
    [[nodiscard]] Result<std::vector<std::string>> tailOf(std::size_t index, std::int64_t archived,
                                                          const AuditFilter& filter) const;
    [[nodiscard]] Result<void> compare(std::string_view line, ChainVerifier& verifier);

    const View view_;
    std::unique_ptr<AuditArchive> archive_;
};

} // namespace keybearer
