#include "broker/audit/AuditArchive.h"
#include "broker/audit/AuditChain.h"
#include "broker/audit/AuditReader.h"
#include "broker/audit/FileAuditLog.h"

#include <algorithm>
#include <deque>

namespace keybearer {

namespace {

constexpr std::size_t keptRows = 10'000; // some 5 MB at most in practice

using Lines = std::deque<std::shared_ptr<const std::string>>;

class MemoryAuditReader final : public AuditReader {
public:
    MemoryAuditReader(Lines lines, const ChainHead& anchor) : lines_(std::move(lines)), anchor_(anchor) {}

    Result<AuditPage> query(const AuditFilter& filter) override {
        AuditPageWriter page(filter);
        if (filter.after)
            offerAll(lines_.begin(), lines_.end(), filter, page);
        else
            offerAll(lines_.rbegin(), lines_.rend(), filter, page);
        return page.take();
    }
    Result<AuditSummary> summarise(const AuditSummaryWish& wish) override {
        AuditTally tally(wish);
        for (auto line = lines_.rbegin(); line != lines_.rend() && tally.offer(**line);)
            ++line;
        return tally.take();
    }
    Result<AuditLog::Verdict> verify(std::int64_t) override {
        ChainVerifier verifier(anchor_);
        for (const auto& line : lines_)
            verifier.accept(*line);
        return verifier.verdict();
    }

private:
    template <typename Iterator>
    static void offerAll(Iterator line, Iterator end, const AuditFilter& filter, AuditPageWriter& page) {
        for (; line != end; ++line) {
            const std::int64_t sequence = sequenceOf(**line);
            const bool inside =
                sequence > filter.after.value_or(0) && (filter.before == 0 || sequence < filter.before);
            if (inside && !page.offer(sequence, **line))
                return;
        }
    }
    const Lines lines_;
    const ChainHead anchor_;
};

// The log of a broker that keeps nothing: the newest rows, chained all the same.
class MemoryAuditLog final : public AuditLog {
public:
    explicit MemoryAuditLog(const Clock& clock) : clock_(clock) {}

    Result<void> append(const AuditEvent& event) override {
        stage(prepare(event));
        tell(event, {});
        return {};
    }
    AuditTemplate prepare(const AuditEvent& event) override { return {auditBody(safeEvent(event))}; }
    void stage(const AuditTemplate& row) override {
        std::string line;
        chain_.append(line, clock_.wall(), row.body);
        line.pop_back(); // the line feed
        lines_.push_back(std::make_shared<const std::string>(std::move(line)));
        if (lines_.size() <= keptRows)
            return;
        if (const auto oldest = parseAuditLine(*lines_.front()))
            anchor_ = {oldest->sequence, oldest->hash};
        lines_.pop_front();
    }
    Result<void> flush() override { return {}; }
    Result<std::vector<Row>> query(std::int64_t limit) override {
        std::vector<Row> rows;
        for (auto line = lines_.rbegin(); line != lines_.rend(); ++line) {
            if (static_cast<std::int64_t>(rows.size()) >= limit)
                break;
            if (auto row = parseAuditLine(**line))
                rows.push_back({row->sequence, std::move(row->at), std::move(row->event), hexOf(row->hash)});
        }
        return rows;
    }
    Result<Verdict> verify() override { return MemoryAuditReader(lines_, anchor_).verify(0); }
    std::unique_ptr<AuditReader> reader() override {
        return std::make_unique<MemoryAuditReader>(lines_, anchor_);
    }
    Status status() const override { return {static_cast<std::int64_t>(lines_.size()), {}}; }
    std::string fingerprint(std::string_view token) const override { return key_.tag("token", token); }

private:
    const Clock& clock_;
    const AuditKey key_;
    ChainWriter chain_{{}};
    ChainHead anchor_; // the last row that was dropped
    Lines lines_;
};

} // namespace

Result<std::unique_ptr<AuditLog>> openAuditLog(const std::filesystem::path& directory, const Clock& clock,
                                               const AuditLimits& limits) {
    if (directory.empty())
        return std::make_unique<MemoryAuditLog>(clock);
    auto log = FileAuditLog::open(directory, clock, limits);
    if (!log)
        return tl::unexpected(log.error());
    return std::move(*log);
}

} // namespace keybearer
