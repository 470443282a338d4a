#pragma once

#include "broker/audit/AuditRow.h"
#include "broker/base/Clock.h"

#include <string>
#include <string_view>

namespace keybearer {

// Where the chain stands: the last row and its hash. Before the first row, sequence 0 and a hash of zeros.
struct ChainHead {
    std::int64_t sequence = 0;
    AuditHash hash{};
};

[[nodiscard]] std::string hexOf(const AuditHash& hash);

// Writes rows one behind the other. Not thread-safe.
class ChainWriter {
public:
    explicit ChainWriter(const ChainHead& head) : head_(head) {}

    // Appends the next row with its line feed to `out`.
    void append(std::string& out, WallTime at, std::string_view body);

    [[nodiscard]] const ChainHead& head() const { return head_; }
    void rewind(const ChainHead& head) { head_ = head; }

private:
    ChainHead head_;
    std::int64_t timeSecond_ = -1; // of timeText_; most rows share their second with the one before
    std::string timeText_;
};

// Follows rows in the order of their sequence and finds the first that does not fit.
class ChainVerifier {
public:
    explicit ChainVerifier(const ChainHead& head) : head_(head) { verdict_.firstRow = head.sequence + 1; }

    // The next line, as it is stored.
    void accept(std::string_view line);
    // `what`: see AuditLog::Verdict::Finding.
    void spoil(std::int64_t sequence, const char* what);
    void noteSeal(std::int64_t through, const char* by);

    [[nodiscard]] const ChainHead& head() const { return head_; }
    [[nodiscard]] const AuditLog::Verdict& verdict() const { return verdict_; }

private:
    ChainHead head_;
    AuditLog::Verdict verdict_;
};

} // namespace keybearer
