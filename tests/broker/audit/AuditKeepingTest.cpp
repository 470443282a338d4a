// How long rows stay, how much room they take, and what happens when their database is damaged.
#include "tests/broker/audit/AuditFixture.h"

namespace keybearer::test {
namespace {

class AuditKeepingTest : public AuditFixture {
protected:
    void overwriteDatabase(const std::string& with) {
        std::filesystem::remove(directory_ / "audit.sqlite-wal");
        std::filesystem::remove(directory_ / "audit.sqlite-shm");
        rewrite(directory_ / "audit.sqlite", with);
    }
    [[nodiscard]] std::size_t damagedFiles() const {
        std::size_t count = 0;
        for (const auto& entry : std::filesystem::directory_iterator(directory_)) {
            const std::string name = entry.path().filename().string();
            count += name.starts_with("audit.sqlite.damaged-") && !name.ends_with("-wal") &&
                             !name.ends_with("-shm")
                         ? 1
                         : 0;
        }
        return count;
    }
};

TEST_F(AuditKeepingTest, A7_OldestRowsGoWhenTheyTakeTooMuchRoomAndARowSaysSo) {
    AuditLimits limits;
    limits.gather = std::chrono::hours(1);
    limits.mostBytes = 512 * 1024;
    open(limits);
    append(3000); // some 1.2 MiB
    settle();
    EXPECT_LT(log_->status().rows, 3000);
    EXPECT_GT(log_->status().rows, 200);
    EXPECT_TRUE(verdict().intact);
    EXPECT_GT(verdict().firstRow, 1);
    EXPECT_LE(verdict().rows * 300, limits.mostBytes);
    log_->attend();
    const auto newest = log_->query(1);
    EXPECT_EQ(newest->front().event.kind, "audit.retired");
    EXPECT_EQ(newest->front().event.why, "room");
    EXPECT_TRUE(newest->front().event.detail.starts_with("rows 1 to ")) << newest->front().event.detail;
    log_->attend();
    EXPECT_EQ(log_->query(1)->front().sequence, newest->front().sequence) << "it is said once";
    EXPECT_TRUE(verdict().intact);
}

// Faster than SQLite takes them in: whole files are given up, and the chain still begins at a known place.
TEST_F(AuditKeepingTest, A7_AFloodStaysWithinItsBounds) {
    AuditLimits limits;
    limits.gather = std::chrono::milliseconds(1);
    limits.segmentBytes = 256 * 1024;
    limits.mostBytes = 2 * 1024 * 1024;
    open(limits);
    const AuditTemplate row = log_->prepare(event("flood"));
    for (int i = 0; i < 60'000; ++i) { // some 24 MiB
        log_->stage(row);
        if (i % 100 == 99) {
            ASSERT_TRUE(log_->flush().has_value());
        }
    }
    settle();
    EXPECT_TRUE(verdict().intact);
    EXPECT_LE(segmentFiles().size(), 9U);
    EXPECT_GT(verdict().rows, 1000);
    EXPECT_LT(verdict().rows, 10'000);
    EXPECT_EQ(log_->query(1)->front().sequence, 60'000);
}

TEST_F(AuditKeepingTest, A7_RowsThatGoForTheirAgeAreNamed) {
    openUnhurried();
    append(3);
    settle();
    clock_.advance(std::chrono::hours(24) * 91);
    append(1);
    settle();
    log_->attend();
    EXPECT_EQ(log_->query(1)->front().event.kind, "audit.retired");
    EXPECT_EQ(log_->query(1)->front().event.why, "age");
    EXPECT_EQ(log_->query(1)->front().event.detail, "rows 1 to 3");
}

TEST_F(AuditKeepingTest, T_50_ADamagedDatabaseIsSetAsideAndTheLogGoesOn) {
    openUnhurried();
    append(5);
    settle();
    close();
    openUnhurried(); // begins a new file; the one before is imported and goes
    append(2);
    settle();
    close();
    const std::string damage(20'000, 'x');
    overwriteDatabase(damage);
    openUnhurried();
    EXPECT_EQ(damagedFiles(), 1U);
    const auto newest = log_->query(100);
    ASSERT_TRUE(newest.has_value()) << newest.error().message;
    EXPECT_EQ(newest->front().event.kind, "audit.set_aside");
    EXPECT_EQ(newest->back().sequence, 6) << "what was still in its file is there";
    append(1);
    settle();
    EXPECT_FALSE(verdict().intact);
    EXPECT_EQ(verdict().findings.front().what, "set_aside");
    EXPECT_EQ(verdict().findings.front().sequence, 6);
    EXPECT_EQ(verdict().findings.size(), 1U) << "the rest is sound";
    openUnhurried();
    EXPECT_EQ(damagedFiles(), 1U);
    // Once the rows that are missing would be too old anyway, nothing is missing.
    clock_.advance(std::chrono::hours(24) * 91);
    append(1);
    open();
    settle();
    EXPECT_TRUE(verdict().intact);
}

TEST_F(AuditKeepingTest, T_50_ADatabaseThatIsDamagedWhileTheLogIsOpenIsSetAside) {
    openUnhurried();
    append(3);
    overwriteDatabase(std::string(20'000, 'x')); // the worker has not opened it yet
    settle();
    EXPECT_EQ(damagedFiles(), 1U);
    log_->attend();
    EXPECT_EQ(log_->query(1)->front().event.kind, "audit.set_aside");
    EXPECT_EQ(log_->query(100)->size(), 4U) << "the rows were still in their file";
    EXPECT_EQ(verdict().findings.front().what, "set_aside");
    settle();
    EXPECT_EQ(damagedFiles(), 1U);
}

} // namespace
} // namespace keybearer::test
