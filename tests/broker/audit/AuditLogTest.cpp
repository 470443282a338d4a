#include "tests/broker/audit/AuditFixture.h"

#include <sys/stat.h>

namespace keybearer::test {
namespace {

using AuditLogTest = AuditFixture;

TEST_F(AuditLogTest, NewestRowComesFirst) {
    openUnhurried();
    append(3);
    const auto rows = log_->query(2);
    ASSERT_TRUE(rows.has_value());
    ASSERT_EQ(rows->size(), 2U);
    EXPECT_EQ((*rows)[0].sequence, 3);
    EXPECT_EQ((*rows)[0].event.why, "row 3");
    EXPECT_EQ((*rows)[0].at, "2026-05-01T09:30:00Z");
    EXPECT_EQ((*rows)[1].sequence, 2);
}

TEST_F(AuditLogTest, RowsInFilesAndInSqliteAreOneLog) {
    openUnhurried();
    append(5);
    settle();
    append(4);
    const auto rows = log_->query(100);
    ASSERT_TRUE(rows.has_value());
    ASSERT_EQ(rows->size(), 9U);
    for (std::size_t i = 0; i < 9; ++i) {
        EXPECT_EQ((*rows)[i].sequence, 9 - static_cast<std::int64_t>(i));
        EXPECT_EQ((*rows)[i].event.why, "row " + std::to_string(9 - i));
        EXPECT_EQ((*rows)[i].event.account, "ana@example.com");
    }
    EXPECT_EQ(log_->query(6)->size(), 6U);
    EXPECT_EQ(log_->query(6)->back().sequence, 4);
    EXPECT_TRUE(log_->query(0)->empty());
    EXPECT_TRUE(log_->query(-1)->empty());
    EXPECT_TRUE(verdict().intact);
    EXPECT_EQ(verdict().rows, 9);
    EXPECT_EQ(log_->status().rows, 9);
}

TEST_F(AuditLogTest, ChainGoesOnAfterReopening) {
    for (int round = 0; round < 4; ++round) {
        openUnhurried();
        append(3);
        if (round % 2 == 0)
            settle();
    }
    EXPECT_EQ(verdict().rows, 12);
    EXPECT_TRUE(verdict().intact);
    EXPECT_EQ(log_->query(1)->front().sequence, 12);
}

TEST_F(AuditLogTest, ReopeningWithoutRowsChangesNothing) {
    openUnhurried();
    append(2);
    for (int i = 0; i < 5; ++i)
        open();
    settle();
    EXPECT_EQ(segmentFiles().size(), 1U) << "files that were never written to are not kept";
    append(1);
    EXPECT_EQ(log_->query(1)->front().sequence, 3);
    EXPECT_TRUE(verdict().intact);
}

TEST_F(AuditLogTest, StagedRowsAreWrittenTogetherByFlush) {
    openUnhurried();
    const AuditTemplate row = log_->prepare(event("warm"));
    for (int i = 0; i < 16; ++i)
        log_->stage(row);
    EXPECT_TRUE(log_->query(10)->empty());
    EXPECT_EQ(content(segmentFiles().front()), "");
    ASSERT_TRUE(log_->flush().has_value());
    EXPECT_EQ(log_->query(100)->size(), 16U);
    EXPECT_TRUE(log_->flush().has_value()) << "nothing to flush is no failure";
    EXPECT_TRUE(verdict().intact);
}

TEST_F(AuditLogTest, TimeFollowsTheClock) {
    openUnhurried();
    append(1);
    clock_.advance(std::chrono::milliseconds(999));
    append(1);
    clock_.advance(std::chrono::milliseconds(1));
    append(1);
    const auto rows = log_->query(3);
    EXPECT_EQ((*rows)[2].at, "2026-05-01T09:30:00Z");
    EXPECT_EQ((*rows)[1].at, "2026-05-01T09:30:00Z");
    EXPECT_EQ((*rows)[0].at, "2026-05-01T09:30:01Z");
}

TEST_F(AuditLogTest, FilesAreForTheirOwnerAlone) {
    open();
    append(1);
    settle();
    for (const auto& entry : std::filesystem::recursive_directory_iterator(directory_)) {
        struct stat status {};
        ASSERT_EQ(::stat(entry.path().c_str(), &status), 0);
        EXPECT_EQ(status.st_mode & 0777U, entry.is_directory() ? 0700U : 0600U) << entry.path();
    }
}

TEST_F(AuditLogTest, LinkInPlaceOfAFileIsRefused) {
    std::filesystem::create_directory(directory_ / "audit");
    rewrite(directory_ / "elsewhere", "");
    std::filesystem::create_symlink(directory_ / "elsewhere",
                                    directory_ / "audit" / "rows-00000000000000000001.jsonl");
    const auto opened = FileAuditLog::open(directory_, clock_, {});
    ASSERT_FALSE(opened.has_value());
    EXPECT_EQ(opened.error().code, ErrorCode::StoreUnavailable);
}

TEST_F(AuditLogTest, WorkerImportsByItself) {
    AuditLimits limits;
    limits.gather = std::chrono::milliseconds(1);
    open(limits);
    append(3);
    // settle() would hurry the worker; so look from outside.
    auto database = Database::open(directory_ / "audit.sqlite", Database::Durability::Normal);
    ASSERT_TRUE(database.has_value());
    auto count = (*database)->prepare("SELECT count(*) FROM rows");
    ASSERT_TRUE(count.has_value());
    std::int64_t rows = 0;
    for (int i = 0; i < 2000 && rows < 3; ++i) {
        ASSERT_TRUE(*count->step());
        rows = count->integer(0);
        count->reset();
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    EXPECT_EQ(rows, 3);
}

TEST_F(AuditLogTest, B3_ImportTakesLittleWhileMuchIsWritten) {
    constexpr std::int64_t mebibyte = 1024 * 1024;
    EXPECT_EQ(importAllowance(0), INT64_MAX);
    EXPECT_EQ(importAllowance(1000), INT64_MAX);
    EXPECT_EQ(importAllowance(mebibyte), 4 * mebibyte);
    EXPECT_EQ(importAllowance(100 * mebibyte), 4 * mebibyte) << "however much is written";
}

TEST_F(AuditLogTest, MembersAreColumnsForWhoLooksWithSqlite) {
    open();
    append(2);
    settle();
    auto database = Database::open(directory_ / "audit.sqlite", Database::Durability::Normal);
    ASSERT_TRUE(database.has_value());
    ASSERT_TRUE((*database)->execute("PRAGMA trusted_schema=ON").has_value()); // as the sqlite3 shell has it
    auto query = (*database)->prepare(
        "SELECT seq, pid, account, why FROM log WHERE kind='token.released' AND why='row 2'");
    ASSERT_TRUE(query.has_value());
    ASSERT_TRUE(*query->step());
    EXPECT_EQ(query->integer(0), 2);
    EXPECT_EQ(query->integer(1), 4711);
    EXPECT_EQ(query->text(2), "ana@example.com");
}

TEST_F(AuditLogTest, FewRowsAreFoundAtTheEndOfManyFiles) {
    AuditLimits limits;
    limits.gather = std::chrono::hours(1);
    limits.segmentBytes = 3000;
    open(limits);
    append(50);
    for (const std::int64_t limit : {1, 6, 7, 8, 20, 49, 50, 51}) {
        const auto rows = log_->query(limit);
        ASSERT_TRUE(rows.has_value());
        ASSERT_EQ(rows->size(), static_cast<std::size_t>(std::min<std::int64_t>(limit, 50))) << limit;
        for (std::size_t i = 0; i < rows->size(); ++i)
            EXPECT_EQ((*rows)[i].sequence, 50 - static_cast<std::int64_t>(i));
    }
}

TEST_F(AuditLogTest, FullFilesAreReplacedAndRemovedOnceImported) {
    AuditLimits limits;
    limits.gather = std::chrono::hours(1);
    limits.segmentBytes = 4000;
    open(limits);
    append(100);
    EXPECT_GT(segmentFiles().size(), 5U);
    EXPECT_TRUE(verdict().intact);
    EXPECT_EQ(log_->query(1000)->size(), 100U);
    settle();
    EXPECT_EQ(segmentFiles().size(), 1U);
    append(1);
    EXPECT_TRUE(verdict().intact);
    EXPECT_EQ(verdict().rows, 101);
    EXPECT_EQ(log_->query(1000)->size(), 101U);
}

TEST_F(AuditLogTest, OldRowsGoAndTheChainStaysAnchored) {
    openUnhurried();
    append(3);
    settle();
    clock_.advance(std::chrono::hours(24) * 50);
    append(2);
    settle();
    clock_.advance(std::chrono::hours(24) * 50);
    open();
    settle();
    EXPECT_EQ(log_->query(100)->size(), 2U);
    EXPECT_EQ(log_->query(100)->back().sequence, 4);
    EXPECT_TRUE(verdict().intact);
    EXPECT_EQ(verdict().rows, 2);
    EXPECT_EQ(log_->status().rows, 2);
    clock_.advance(std::chrono::hours(24) * 50);
    open();
    settle();
    EXPECT_TRUE(log_->query(100)->empty());
    append(1);
    EXPECT_EQ(log_->query(100)->front().sequence, 6) << "numbers are not given twice";
    EXPECT_TRUE(verdict().intact);
}

TEST_F(AuditLogTest, RunningLogAlsoDropsOldRows) {
    openUnhurried();
    append(3);
    settle();
    clock_.advance(std::chrono::hours(24) * 91);
    append(1);
    settle();
    EXPECT_EQ(log_->query(100)->size(), 1U);
    EXPECT_TRUE(verdict().intact);
}

// While SQLite cannot be written the log goes on, says so, and catches up.
TEST_F(AuditLogTest, SqliteFailureLeavesRowsInTheirFiles) {
    AuditLimits limits;
    limits.gather = std::chrono::milliseconds(1);
    open(limits);
    append(1);
    settle();
    sql("ALTER TABLE rows RENAME TO hidden");
    append(5);
    EXPECT_FALSE(log_->settle(std::chrono::seconds(30)));
    EXPECT_NE(log_->status().problem, "");
    append(5);
    sql("ALTER TABLE hidden RENAME TO rows");
    settle();
    EXPECT_EQ(log_->status().problem, "");
    EXPECT_EQ(log_->query(100)->size(), 11U);
    EXPECT_TRUE(verdict().intact);
}

TEST_F(AuditLogTest, FingerprintIsKeyedStableAndNotTheToken) {
    openUnhurried();
    const std::string print = log_->fingerprint("gho_secret");
    EXPECT_EQ(print.size(), 32U);
    EXPECT_EQ(log_->fingerprint("gho_secret"), print);
    EXPECT_NE(log_->fingerprint("gho_secret2"), print);
    openUnhurried();
    EXPECT_EQ(log_->fingerprint("gho_secret"), print) << "the key is kept";
    close();
    std::filesystem::remove(directory_ / "audit" / "key");
    openUnhurried();
    EXPECT_NE(log_->fingerprint("gho_secret"), print) << "the key is what makes it";
}

TEST_F(AuditLogTest, TokenIsInNoFile) {
    open();
    AuditEvent released = event("trusting");
    released.token = log_->fingerprint("gho_plantedSecretValue");
    ASSERT_TRUE(log_->append(released).has_value());
    settle();
    for (const auto& entry : std::filesystem::recursive_directory_iterator(directory_)) {
        if (entry.is_regular_file()) {
            EXPECT_EQ(content(entry.path()).find("plantedSecret"), std::string::npos) << entry.path();
        }
    }
    EXPECT_EQ(log_->query(1)->front().event.token, released.token);
}

TEST_F(AuditLogTest, DamagedKeyIsRefusedWithAnAction) {
    openUnhurried();
    close();
    rewrite(directory_ / "audit" / "key", "short");
    const auto opened = FileAuditLog::open(directory_, clock_, {});
    ASSERT_FALSE(opened.has_value());
    EXPECT_NE(opened.error().action, "");
}

TEST_F(AuditLogTest, NewerDatabaseIsRefused) {
    open();
    close();
    sql("PRAGMA user_version=3");
    const auto opened = FileAuditLog::open(directory_, clock_, {});
    ASSERT_FALSE(opened.has_value());
    EXPECT_NE(opened.error().message.find("newer"), std::string::npos);
}

TEST_F(AuditLogTest, OpeningAHundredThousandRowsIsQuick) {
    open();
    const AuditTemplate row = log_->prepare(event("many"));
    for (int i = 0; i < 100'000; ++i) {
        log_->stage(row);
        if (i % 1000 == 999) {
            ASSERT_TRUE(log_->flush().has_value());
        }
    }
    settle();
    close();
    const auto start = std::chrono::steady_clock::now();
    open();
    const auto taken = std::chrono::steady_clock::now() - start;
    EXPECT_EQ(log_->status().rows, 100'000);
    // The budget is 10 ms; the bound leaves room for a busy machine and still catches reading it all.
    EXPECT_LT(taken, std::chrono::milliseconds(150));
    EXPECT_TRUE(verdict().intact);
}

TEST(MemoryAuditLogTest, KeepsTheNewestRowsChained) {
    initialiseSecrets();
    SteadyClock clock;
    const auto log = openAuditLog({}, clock);
    ASSERT_TRUE(log.has_value());
    AuditEvent event;
    event.kind = "token.released";
    for (int i = 0; i < 10'050; ++i) {
        event.pid = i + 1;
        ASSERT_TRUE((*log)->append(event).has_value());
    }
    EXPECT_EQ((*log)->query(20'000)->size(), 10'000U);
    EXPECT_EQ((*log)->query(1)->front().sequence, 10'050);
    EXPECT_TRUE((*log)->verify()->intact);
    EXPECT_EQ((*log)->verify()->rows, 10'000);
    EXPECT_EQ((*log)->fingerprint("x"), (*log)->fingerprint("x"));
}

TEST(MemoryAuditLogTest, DirectoryMakesItLast) {
    initialiseSecrets();
    SteadyClock clock;
    const auto refused = openAuditLog("/dev/null/nowhere", clock);
    EXPECT_FALSE(refused.has_value());
}

} // namespace
} // namespace keybearer::test
