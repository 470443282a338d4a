// What survives a kill, a power cut and a full disk.
#include "tests/broker/audit/AuditFixture.h"

#include <csignal>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace keybearer::test {
namespace {

class AuditCrashTest : public AuditFixture {
protected:
    // Lets no file of this process grow beyond `bytes`, until it goes.
    class Ceiling {
    public:
        explicit Ceiling(rlim_t bytes) {
            std::signal(SIGXFSZ, SIG_IGN);
            ::getrlimit(RLIMIT_FSIZE, &before_);
            const rlimit limit{bytes, before_.rlim_max};
            EXPECT_EQ(::setrlimit(RLIMIT_FSIZE, &limit), 0);
        }
        ~Ceiling() {
            ::setrlimit(RLIMIT_FSIZE, &before_);
            std::signal(SIGXFSZ, SIG_DFL);
        }
        Ceiling(const Ceiling&) = delete;
        Ceiling& operator=(const Ceiling&) = delete;

    private:
        rlimit before_{};
    };
};

TEST_F(AuditCrashTest, KillAfterFlushLosesNothing) {
    for (int round = 0; round < 10; ++round) {
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            AuditLimits limits;
            limits.gather = std::chrono::milliseconds(round % 3);
            auto log = FileAuditLog::open(directory_, clock_, limits);
            if (!log)
                std::_Exit(1);
            const AuditTemplate row = (*log)->prepare(event("child"));
            for (int i = 0; i < 100; ++i) {
                (*log)->stage(row);
                if (i % 10 == 9 && !(*log)->flush())
                    std::_Exit(2);
            }
            (*log)->stage(row); // never flushed: no answer has left for it
            std::raise(SIGKILL);
        }
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        ASSERT_TRUE(WIFSIGNALED(status)) << status;
        openUnhurried();
        EXPECT_EQ(log_->status().rows, 100 * (round + 1));
        EXPECT_TRUE(verdict().intact);
        EXPECT_EQ(verdict().rows, 100 * (round + 1));
        close();
    }
}

TEST_F(AuditCrashTest, UnfinishedRowIsCutOffAndNoted) {
    openUnhurried();
    append(5);
    close();
    const std::filesystem::path file = segmentFiles().front();
    const std::string text = content(file);
    // (Closing has put the rows into SQLite, too; this is about those that are only in the file.)
    for (const std::size_t cut : {std::size_t{1}, std::size_t{2}, std::size_t{70}, std::size_t{200}}) {
        for (const auto& other : segmentFiles())
            std::filesystem::remove(other);
        std::filesystem::remove(directory_ / "audit.sqlite");
        rewrite(file, text.substr(0, text.size() - cut));
        openUnhurried();
        const auto rows = log_->query(10);
        ASSERT_EQ(rows->size(), 5U) << cut; // four and the note
        EXPECT_EQ(rows->front().event.kind, "audit.truncated");
        EXPECT_NE(rows->front().event.why, "");
        EXPECT_EQ((*rows)[1].event.why, "row 4");
        EXPECT_TRUE(verdict().intact);
        close();
    }
}

// What some file systems leave behind after a power cut: the length is right, the bytes are not there.
TEST_F(AuditCrashTest, ZerosAtTheEndAreCutOff) {
    openUnhurried();
    append(5);
    close();
    const std::filesystem::path file = segmentFiles().front();
    const std::string text = content(file);
    const std::string zeros(1'000'000, '\0');
    std::filesystem::remove(directory_ / "audit.sqlite");
    const std::size_t fifth = text.find("{\"seq\":5");
    rewrite(file, text.substr(0, fifth + 10) + zeros + "\n" + zeros);
    openUnhurried();
    EXPECT_EQ(log_->query(10)->front().event.kind, "audit.truncated");
    EXPECT_EQ(log_->query(10)->size(), 5U);
    EXPECT_TRUE(verdict().intact);
    EXPECT_LT(content(file).size(), text.size());
}

TEST_F(AuditCrashTest, WholeFileOfZerosIsCutOff) {
    openUnhurried();
    append(5);
    settle();
    close();
    open();
    settle();
    close();
    ASSERT_EQ(segmentFiles().size(), 1U);
    rewrite(segmentFiles().front(), std::string(5000, '\0'));
    openUnhurried();
    EXPECT_EQ(log_->query(1)->front().sequence, 6);
    EXPECT_EQ(log_->query(1)->front().event.kind, "audit.truncated");
    EXPECT_TRUE(verdict().intact);
}

// An earlier start may have made a file and died before it imported the one before.
TEST_F(AuditCrashTest, EmptyNewestFileDoesNotHideTheRowsBefore) {
    openUnhurried();
    append(5);
    const std::string text = content(segmentFiles().front());
    close();
    for (const auto& file : segmentFiles())
        std::filesystem::remove(file);
    std::filesystem::remove(directory_ / "audit.sqlite");
    rewrite(directory_ / "audit" / "rows-00000000000000000001.jsonl", text);
    rewrite(directory_ / "audit" / "rows-00000000000000000006.jsonl", "");
    openUnhurried();
    append(1);
    EXPECT_EQ(log_->query(1)->front().sequence, 6);
    EXPECT_TRUE(verdict().intact);
    EXPECT_EQ(verdict().rows, 6);
}

TEST_F(AuditCrashTest, FullDiskFailsTheFlushAndLeavesNoHalfRow) {
    openUnhurried();
    append(5);
    const std::filesystem::path file = segmentFiles().front();
    const std::string before = content(file);
    const AuditTemplate row = log_->prepare(event("warm"));
    {
        const Ceiling ceiling(before.size() + 100); // less than one row: the first write is short
        log_->stage(row);
        log_->stage(row);
        const Result<void> flushed = log_->flush();
        ASSERT_FALSE(flushed.has_value());
        EXPECT_EQ(flushed.error().code, ErrorCode::StoreUnavailable);
        EXPECT_NE(flushed.error().action, "");
        EXPECT_EQ(content(file), before);
        EXPECT_FALSE(log_->append(event("cold")).has_value());
        EXPECT_EQ(content(file), before);
    }
    append(1);
    EXPECT_EQ(log_->query(1)->front().sequence, 6) << "the numbers of dropped rows are given again";
    EXPECT_TRUE(verdict().intact);
    EXPECT_EQ(verdict().rows, 6);
}

TEST_F(AuditCrashTest, FullDiskInTheMiddleOfABatchDropsTheWholeBatch) {
    openUnhurried();
    append(1);
    const std::filesystem::path file = segmentFiles().front();
    const std::string before = content(file);
    const AuditTemplate row = log_->prepare(event("warm"));
    {
        const Ceiling ceiling(before.size() * 5); // four rows of sixteen would fit
        for (int i = 0; i < 16; ++i)
            log_->stage(row);
        EXPECT_FALSE(log_->flush().has_value());
    }
    EXPECT_EQ(content(file), before);
    EXPECT_TRUE(log_->flush().has_value()) << "dropped rows are not kept for later";
    EXPECT_EQ(content(file), before);
}

// Rows that somebody staged must not vanish in the failure of another row without a word.
TEST_F(AuditCrashTest, FailedAppendFailsTheNextFlushOfTheStagedRowsToo) {
    openUnhurried();
    append(1);
    log_->stage(log_->prepare(event("warm")));
    {
        const Ceiling ceiling(content(segmentFiles().front()).size());
        EXPECT_FALSE(log_->append(event("cold")).has_value());
    }
    EXPECT_TRUE(log_->append(event("later")).has_value());
    log_->stage(log_->prepare(event("warm")));
    EXPECT_FALSE(log_->flush().has_value());
    EXPECT_TRUE(log_->flush().has_value());
    EXPECT_EQ(log_->query(10)->size(), 2U);
    EXPECT_EQ(log_->query(10)->front().event.why, "later");
    EXPECT_TRUE(verdict().intact);
}

} // namespace
} // namespace keybearer::test
