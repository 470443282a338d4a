// How much was given to whom: counted in files and in SQLite, by the asker's days, and ended in time.
#include "broker/audit/AuditReader.h"
#include "tests/broker/audit/AuditFixture.h"

namespace keybearer::test {
namespace {

class AuditSummaryTest : public AuditFixture {
protected:
    void note(const std::string& kind, const std::string& caller = {}, const std::string& provider = {},
              const std::string& detail = {}) {
        AuditEvent row;
        row.kind = kind;
        row.caller = caller;
        row.provider = provider;
        row.detail = detail;
        ASSERT_TRUE(log_->append(row).has_value());
    }
    [[nodiscard]] AuditSummary summary(AuditSummaryWish wish = {}) {
        if (wish.since.empty())
            wish.since = "2026-04-01T00:00:00Z";
        auto read = log_->reader()->summarise(wish);
        EXPECT_TRUE(read.has_value());
        return read.value_or(AuditSummary{});
    }
    static std::string text(const AuditSummary::Counts& counts) {
        return std::to_string(counts.released) + "/" + std::to_string(counts.denied) + "/" +
               std::to_string(counts.others);
    }
    static std::string daysOf(const AuditSummary& summary) {
        std::string out;
        for (const AuditSummary::Day& day : summary.days)
            out += day.day + " " + text(day.counts) + ";";
        return out;
    }
};

TEST_F(AuditSummaryTest, A7_CountsByDayProgramProviderAndKindInFilesAndInSqlite) {
    openUnhurried();
    note("token.released", "/usr/bin/node", "github", "script: /srv/a.js; rule 1");
    note("token.released", "/usr/bin/node", "github", "script: /srv/a.js");
    note("token.released", "/usr/bin/node", "rd \"x\\y", "script: /srv/b \"q\".js; c");
    note("token.denied", "/usr/bin/git", "github");
    note("policy.denied", "/usr/bin/git", "github");
    note("rate.limited", "/usr/bin/git", "github");
    note("session.signed_in", "", "github");
    for (int round = 0; round < 2; ++round) {
        const AuditSummary found = summary();
        EXPECT_EQ(text(found.total), "3/3/1");
        EXPECT_EQ(daysOf(found), "2026-05-01 3/3/1;");
        ASSERT_EQ(found.programs.size(), 3U);
        EXPECT_EQ(found.programs[0].caller, "/usr/bin/node");
        EXPECT_EQ(found.programs[0].script, "/srv/a.js");
        EXPECT_EQ(text(found.programs[0].counts), "2/0/0");
        EXPECT_EQ(found.programs[1].script, "/srv/b \"q\".js");
        EXPECT_EQ(found.programs[2].caller, "/usr/bin/git");
        EXPECT_EQ(text(found.programs[2].counts), "0/3/0");
        ASSERT_EQ(found.providers.size(), 2U);
        EXPECT_EQ(found.providers[0].name, "github");
        EXPECT_EQ(found.providers[1].name, "rd \"x\\y");
        EXPECT_EQ(found.kinds.size(), 5U);
        EXPECT_TRUE(found.complete);
        EXPECT_EQ(found.countedFrom, "2026-05-01T09:30:00Z");
        settle();
    }
}

TEST_F(AuditSummaryTest, A7_DaysAreThoseOfWhoeverAsks) {
    openUnhurried();
    note("token.released"); // 09:30 UTC
    clock_.advance(std::chrono::hours(14));
    note("token.released"); // 23:30 UTC
    EXPECT_EQ(daysOf(summary()), "2026-05-01 2/0/0;");
    AuditSummaryWish wish;
    wish.offset = std::chrono::minutes(60);
    EXPECT_EQ(daysOf(summary(wish)), "2026-05-01 1/0/0;2026-05-02 1/0/0;");
    wish.offset = std::chrono::minutes(-10 * 60);
    EXPECT_EQ(daysOf(summary(wish)), "2026-04-30 1/0/0;2026-05-01 1/0/0;");
}

TEST_F(AuditSummaryTest, A7_OnlyTheSpanTheProgramAndTheProviderThatAreAskedFor) {
    openUnhurried();
    note("token.released", "/usr/bin/git", "github");
    clock_.advance(std::chrono::hours(48));
    note("token.released", "/usr/bin/curl", "github");
    clock_.advance(std::chrono::hours(48));
    note("token.released", "/usr/bin/git", "slack");
    AuditSummaryWish wish;
    wish.since = "2026-05-02T00:00:00Z";
    EXPECT_EQ(text(summary(wish).total), "2/0/0");
    wish.until = "2026-05-04T00:00:00Z";
    EXPECT_EQ(text(summary(wish).total), "1/0/0");
    wish = {};
    wish.caller = "git";
    EXPECT_EQ(text(summary(wish).total), "2/0/0");
    wish.provider = "slack";
    EXPECT_EQ(text(summary(wish).total), "1/0/0");
    wish.caller = "it";
    EXPECT_EQ(text(summary(wish).total), "0/0/0") << "no mere ending";
}

TEST_F(AuditSummaryTest, A7_NamesTheBusiestAndNoMoreThanAskedFor) {
    openUnhurried();
    for (int program = 0; program < 5; ++program) {
        for (int times = 0; times <= program; ++times)
            note("token.released", "/usr/bin/p" + std::to_string(program));
    }
    AuditSummaryWish wish;
    wish.most = 2;
    const AuditSummary found = summary(wish);
    ASSERT_EQ(found.programs.size(), 2U);
    EXPECT_EQ(found.programs[0].caller, "/usr/bin/p4");
    EXPECT_EQ(found.programs[1].caller, "/usr/bin/p3");
    EXPECT_EQ(found.total.released, 15);
}

TEST_F(AuditSummaryTest, A7_MadeUpNamesTakeNoMemoryWithoutEnd) {
    AuditSummaryWish wish;
    wish.since = "2026-04-01T00:00:00Z";
    wish.most = 100'000;
    AuditTally tally(wish);
    for (int i = 1; i <= 5000; ++i)
        ASSERT_TRUE(
            tally.offer("{\"seq\":" + std::to_string(i) +
                        ",\"at\":\"2026-05-01T09:30:00Z\",\"kind\":\"token.released\",\"caller\":\"/p" +
                        std::to_string(i) + "\",\"prev\":\"\"}"));
    const AuditSummary found = tally.take();
    EXPECT_EQ(found.programs.size(), 2000U);
    EXPECT_EQ(found.total.released, 5000);
}

TEST_F(AuditSummaryTest, A7_WhatIsNoRowIsPassedOver) {
    AuditSummaryWish wish;
    wish.since = "2026-04-01T00:00:00Z";
    AuditTally tally(wish);
    for (const char* line : {"", "{", "{\"seq\":", "{\"seq\":1,\"at\":\"",
                             "{\"seq\":1,\"at\":\"2026-05-01T09:30:00Z\",\"kind\":\"a",
                             "{\"seq\":1,\"at\":\"2026-05-01T09:30:00Z\",\"kind\":\"a\\", "\x80\xff"})
        EXPECT_TRUE(tally.offer(line));
    EXPECT_TRUE(tally.offer("{\"seq\":1,\"at\":\"2026-05-01T09:30:00Z\",\"kind\":\"a\",\"caller\":\"b"));
    EXPECT_TRUE(tally.offer("{\"seq\":1,\"at\":\"no time at all, no\",\"kind\":\"a\"}"));
    EXPECT_LE(tally.take().days.size(), 2U);
}

TEST_F(AuditSummaryTest, A7_EndsWhenItsTimeIsOverAndSaysSo) {
    openUnhurried();
    append(10);
    AuditSummaryWish wish;
    wish.longest = std::chrono::milliseconds(0);
    const AuditSummary found = summary(wish);
    EXPECT_FALSE(found.complete);
    EXPECT_EQ(found.total.released, 0);
}

TEST_F(AuditSummaryTest, A7_OlderRowsThanTheSpanAreNotRead) {
    AuditSummaryWish wish;
    wish.since = "2026-05-01T00:00:00Z";
    AuditTally tally(wish);
    EXPECT_TRUE(tally.offer("{\"seq\":3,\"at\":\"2026-05-01T09:30:00Z\",\"kind\":\"a\"}"));
    EXPECT_TRUE(tally.offer("{\"seq\":2,\"at\":\"2026-04-30T09:30:00Z\",\"kind\":\"a\"}"))
        << "a clock may have been set back";
    EXPECT_FALSE(tally.offer("{\"seq\":1,\"at\":\"2026-04-29T09:30:00Z\",\"kind\":\"a\"}"));
    EXPECT_EQ(tally.take().total.others, 1);
}

} // namespace
} // namespace keybearer::test
