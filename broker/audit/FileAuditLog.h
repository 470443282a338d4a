#pragma once

#include "broker/audit/AuditArchive.h"
#include "broker/audit/AuditChain.h"
#include "broker/audit/AuditWorker.h"

#include <memory>
#include <string>

namespace keybearer {

// The AuditLog on the disk. Owned by the Broker, event loop thread.
class FileAuditLog final : public AuditLog {
public:
    [[nodiscard]] static Result<std::unique_ptr<FileAuditLog>>
    open(const std::filesystem::path& directory, const Clock& clock, const AuditLimits& limits);

    [[nodiscard]] Result<void> append(const AuditEvent& event) override;
    [[nodiscard]] AuditTemplate prepare(const AuditEvent& event) override;
    void stage(const AuditTemplate& row) override;
    [[nodiscard]] Result<void> flush() override;
    [[nodiscard]] Result<std::vector<Row>> query(std::int64_t limit) override;
    [[nodiscard]] Result<Verdict> verify() override;
    [[nodiscard]] Status status() const override;
    [[nodiscard]] std::unique_ptr<AuditReader> reader() override;
    void attend() override;
    void keep(std::chrono::days days, std::int64_t mostBytes) override { worker_->keep(days, mostBytes); }
    void openSeal(std::optional<Secret> item) override;
    [[nodiscard]] std::optional<Secret> sealItem() override;
    [[nodiscard]] std::string fingerprint(std::string_view token) const override;
    bool settle(std::chrono::milliseconds limit) override { return worker_->settle(limit); }

private:
    FileAuditLog(std::filesystem::path directory, const Clock& clock, const AuditLimits& limits, AuditKey key)
        : directory_(std::move(directory)), clock_(clock), limits_(limits), key_(std::move(key)), chain_({}) {
    }

    [[nodiscard]] Result<void> recover();
    [[nodiscard]] Result<void> begin(std::deque<SegmentProgress>& segments);
    [[nodiscard]] Result<std::int64_t> cutUnfinished(AuditSegment& segment, ChainHead& head) const;
    [[nodiscard]] Result<void> writeOut();
    void rotate();
    struct Archived {
        ChainHead head, anchor;
    };
    [[nodiscard]] Result<Archived> archived(const std::vector<SegmentProgress>& segments,
                                            std::string& setAside) const;
    [[nodiscard]] Result<void> appendQuietly(const AuditEvent& event);

    const std::filesystem::path directory_; // of the segments
    const Clock& clock_;
    const AuditLimits limits_;
    const AuditKey key_;
    std::shared_ptr<AuditSegment> segment_; // being appended to
    std::unique_ptr<AuditWorker> worker_;
    ChainWriter chain_; // ahead of written_ by the staged rows
    ChainHead written_; // the last row in the kernel's hands
    std::string staged_;
    std::shared_ptr<const AuditSeal> seal_;
    ChainHead sealStored_;  // what sealItem() said last
    bool sealKept_ = false; // it has said something
    std::int64_t rotateAt_ = 0;
    bool stagedLost_ =
        false; // rows staged by others went down with a failed append(): the next flush() must say so
};

} // namespace keybearer
