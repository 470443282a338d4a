// Finding rows: filters, pages, and reading beside the log.
#include "broker/audit/AuditReader.h"
#include "tests/broker/audit/AuditFixture.h"

#include <thread>

namespace keybearer::test {
namespace {

class AuditQueryTest : public AuditFixture {
protected:
    void note(const std::string& kind, const std::string& caller = {}, const std::string& tool = {}) {
        AuditEvent row = event(kind);
        row.kind = kind;
        row.caller = caller;
        row.tool = tool;
        ASSERT_TRUE(log_->append(row).has_value());
    }
    std::vector<std::int64_t> found(const AuditFilter& filter) {
        std::vector<std::int64_t> sequences;
        const auto page = log_->reader()->query(filter);
        EXPECT_TRUE(page.has_value());
        for (const AuditLog::Row& row : page->rows)
            sequences.push_back(row.sequence);
        return sequences;
    }
    using Sequences = std::vector<std::int64_t>;
};

TEST_F(AuditQueryTest, A7_EveryFilterFindsItsRowsInFilesAndInSqlite) {
    openUnhurried();
    note("token.released", "/usr/bin/curl");
    note("token.denied", "/usr/local/bin/curl", "github.search");
    note("consent.granted", "/usr/bin/git");
    for (int round = 0; round < 2; ++round) {
        AuditFilter filter;
        EXPECT_EQ(found(filter), (Sequences{3, 2, 1}));
        filter.kind = "token";
        EXPECT_EQ(found(filter), (Sequences{2, 1})) << "a family";
        filter.kind = "token.denied";
        EXPECT_EQ(found(filter), Sequences{2});
        filter.kind = "tok";
        EXPECT_EQ(found(filter), Sequences{}) << "no mere prefix";
        filter = {};
        filter.caller = "curl";
        EXPECT_EQ(found(filter), (Sequences{2, 1})) << "the name of the file";
        filter.caller = "/usr/bin/curl";
        EXPECT_EQ(found(filter), Sequences{1});
        filter.caller = "url";
        EXPECT_EQ(found(filter), Sequences{});
        filter = {};
        filter.tool = "github.search";
        EXPECT_EQ(found(filter), Sequences{2});
        filter = {};
        filter.sessionId = "s-2";
        EXPECT_EQ(found(filter), Sequences{});
        settle();
    }
}

TEST_F(AuditQueryTest, A7_TimesAreInclusiveAndAClockThatWasSetBackHidesNothing) {
    openUnhurried();
    append(1);
    clock_.advance(std::chrono::hours(2));
    append(1);
    clock_.advance(-std::chrono::hours(1));
    append(1);
    AuditFilter filter;
    filter.since = "2026-05-01T10:30:00Z";
    EXPECT_EQ(found(filter), (Sequences{3, 2}));
    filter.until = "2026-05-01T10:30:00Z";
    EXPECT_EQ(found(filter), Sequences{3});
    settle();
    EXPECT_EQ(found(filter), Sequences{3});
    filter.after = 0;
    filter.until.clear();
    EXPECT_EQ(found(filter), (Sequences{2, 3})) << "the oldest first";
}

TEST_F(AuditQueryTest, A7_PagesMeetWithoutGapOrDouble) {
    AuditLimits limits;
    limits.gather = std::chrono::hours(1);
    limits.segmentBytes = 3000;
    open(limits);
    append(60);
    settle();
    append(45);
    for (const bool ascending : {false, true}) {
        AuditFilter filter;
        filter.limit = 7;
        if (ascending)
            filter.after = 0;
        Sequences all;
        for (bool more = true; more;) {
            const auto page = log_->reader()->query(filter);
            ASSERT_TRUE(page.has_value());
            for (const AuditLog::Row& row : page->rows)
                all.push_back(row.sequence);
            (ascending ? *filter.after : filter.before) = page->next;
            more = page->more;
        }
        ASSERT_EQ(all.size(), 105U);
        for (std::size_t i = 0; i < all.size(); ++i)
            EXPECT_EQ(all[i], static_cast<std::int64_t>(ascending ? i + 1 : 105 - i));
    }
}

TEST_F(AuditQueryTest, A7_WhoFollowsGetsWhatIsNew) {
    openUnhurried();
    append(3);
    AuditFilter filter;
    filter.after = 3;
    EXPECT_EQ(found(filter), Sequences{});
    EXPECT_EQ(log_->reader()->query(filter)->next, 3);
    append(2);
    EXPECT_EQ(found(filter), (Sequences{4, 5}));
    settle();
    EXPECT_EQ(found(filter), (Sequences{4, 5}));
}

TEST_F(AuditQueryTest, A7_RowsSinceADayAreFoundInALongLogWithoutReadingItAll) {
    AuditLimits limits;
    limits.gather = std::chrono::hours(1);
    limits.keep = std::chrono::days(10'000);
    open(limits);
    for (int day = 0; day < 400; ++day) {
        append(1);
        clock_.advance(std::chrono::hours(24));
    }
    settle();
    AuditFilter filter;
    filter.after = 0;
    filter.since = toRfc3339(clock_.wall() - std::chrono::hours(24 * 3));
    EXPECT_EQ(found(filter), (Sequences{398, 399, 400}));
}

TEST_F(AuditQueryTest, AReaderSeesTheLogAsItWasWhileItGoesOn) {
    openUnhurried();
    append(100);
    const auto reader = log_->reader();
    append(50);
    settle();
    AuditLog::Verdict seen;
    std::thread elsewhere([&] { seen = *reader->verify(); });
    append(20);
    elsewhere.join();
    EXPECT_FALSE(seen.intact) << "it knows where the log ended, and SQLite has more by now";
}

TEST_F(AuditQueryTest, AReaderThatIsStoppedEnds) {
    openUnhurried();
    append(10);
    const auto reader = log_->reader();
    reader->stop();
    EXPECT_FALSE(reader->verify().has_value());
}

} // namespace
} // namespace keybearer::test
