#pragma once

#include "broker/base/Error.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace keybearer {

// What is to be counted.
struct AuditSummaryWish {
    std::string since, until;                // RFC 3339, both inclusive; `until` may be empty
    std::chrono::minutes offset{0};          // of the days: east of UTC
    std::string caller;                      // the whole path or the file's name; empty: every one
    std::string provider;                    // empty: every one
    std::size_t most = 20;                   // programs and providers that are named
    std::chrono::milliseconds longest{5000}; // then the counting ends with what it has
};

struct AuditSummary {
    struct Counts {
        std::int64_t released = 0; // token.released
        std::int64_t denied = 0;   // token.denied, policy.denied, rate.limited
        std::int64_t others = 0;
        Counts& operator+=(const Counts& more);
    };
    struct Day {
        std::string day; // 2026-05-01
        Counts counts;
    };
    struct Program {
        std::string caller; // its executable; may be empty
        std::string script; // that it ran, if the rows say so
        Counts counts;
    };
    struct Named {
        std::string name;
        Counts counts;
    };
    Counts total;
    std::vector<Day> days;         // with rows, the oldest first
    std::vector<Program> programs; // the busiest first
    std::vector<Named> providers;
    std::vector<Named> kinds;
    bool complete = true;    // false: older rows of the span were not looked at any more
    std::string countedFrom; // time of the oldest row that was looked at; empty: there was none
};

// Counts rows while they pass, without taking them apart whole: a million take about a second, most of it
// SQLite's. Rows are offered the newest first. Lives in the thread that reads the log.
class AuditTally {
public:
    explicit AuditTally(const AuditSummaryWish& wish);
    // False: nothing older is wanted, or the time is over.
    [[nodiscard]] bool offer(std::string_view line);
    [[nodiscard]] AuditSummary take();

private:
    // Lets the maps be asked with a view.
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    using Counted = std::unordered_map<std::string, AuditSummary::Counts, TextHash, std::equal_to<>>;
    [[nodiscard]] std::int64_t dayOf(std::string_view at);
    static void count(Counted& map, std::string_view name, const AuditSummary::Counts& one);

    const AuditSummaryWish wish_;
    const std::string caller_, provider_; // as they are spelled in rows
    std::string stop_;
    std::chrono::steady_clock::time_point end_;
    std::int64_t looked_ = 0;
    std::string minute_; // the last one that was turned into a day, and that day
    std::int64_t day_ = 0;
    std::map<std::int64_t, AuditSummary::Counts> days_; // by number since 1970
    Counted programs_, providers_, kinds_;
    AuditSummary summary_;
};

} // namespace keybearer
