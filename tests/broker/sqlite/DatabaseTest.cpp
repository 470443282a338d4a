#include "broker/sqlite/Database.h"

#include <fstream>
#include <gtest/gtest.h>

#include <sys/stat.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/syscall.h>

static int syncs = 0;

// In the place of the C library's, for SQLite too: only whoever asks the system for it has it on the disk.
extern "C" int fdatasync(int fd) {
    ++syncs;
    return static_cast<int>(::syscall(SYS_fdatasync, fd));
}
#endif

namespace keybearer {
namespace {

class DatabaseTest : public ::testing::Test {
protected:
    void SetUp() override {
        char pattern[] = "/tmp/kbsql-XXXXXX";
        directory = ::mkdtemp(pattern);
    }
    void TearDown() override { std::filesystem::remove_all(directory); }
    std::filesystem::path directory;
};

TEST_F(DatabaseTest, TheFileIsForUsAlone) {
    const auto database = Database::open(directory / "a.sqlite", Database::Durability::Full);
    ASSERT_TRUE(database);
    struct stat status {};
    ASSERT_EQ(::stat((directory / "a.sqlite").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600U);
}

TEST_F(DatabaseTest, ALinkIsNotFollowed) {
    std::filesystem::create_symlink(directory / "elsewhere", directory / "a.sqlite");
    const auto database = Database::open(directory / "a.sqlite", Database::Durability::Full);
    ASSERT_FALSE(database);
    EXPECT_EQ(database.error().code, ErrorCode::StoreUnavailable);
    EXPECT_FALSE(std::filesystem::exists(directory / "elsewhere"));
}

#ifdef __linux__
TEST_F(DatabaseTest, SEC_C_28_T_38_EachCommitIsOnTheDiskWhenItReturns) {
    const auto database = Database::open(directory / "a.sqlite", Database::Durability::Full);
    ASSERT_TRUE(database);
    ASSERT_TRUE((*database)->execute("CREATE TABLE t (a INTEGER)"));
    for (int i = 0; i < 3; ++i) {
        const int before = syncs;
        auto transaction = Transaction::begin(**database);
        ASSERT_TRUE(transaction);
        ASSERT_TRUE((*database)->execute("INSERT INTO t VALUES (1)"));
        ASSERT_TRUE(transaction->commit());
        EXPECT_GT(syncs, before);
    }
}
#endif

std::string bytesOf(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

// A newer program may have left what it wrote last in the journal alone, the version included.
TEST_F(DatabaseTest, O3_AFileOfANewerVersionKeepsEveryByteAndSoDoesItsJournal) {
    const std::filesystem::path path = directory / "a.sqlite";
    {
        const auto newer = Database::open(path, Database::Durability::Full);
        ASSERT_TRUE((*newer)->execute("CREATE TABLE t (a INTEGER); PRAGMA user_version = 7"));
        std::filesystem::create_directory(directory / "copy");
        for (const char* name : {"a.sqlite", "a.sqlite-wal"}) // as a killed process leaves them
            std::filesystem::copy_file(directory / name, directory / "copy" / name);
    }
    const std::filesystem::path copy = directory / "copy" / "a.sqlite";
    const std::string file = bytesOf(copy);
    const std::string journal = bytesOf(copy.string() + "-wal");
    ASSERT_GT(journal.size(), 1000U);
    for (int i = 0; i < 2; ++i) {
        const auto refused = Database::open(copy, Database::Durability::Full, {6, "the test database"});
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, ErrorCode::StoreUnavailable);
        EXPECT_NE(refused.error().message.find("format 7"), std::string::npos) << refused.error().message;
        EXPECT_NE(refused.error().message.find("up to 6"), std::string::npos);
        EXPECT_NE(refused.error().detail("newer_version"), nullptr);
        EXPECT_FALSE(refused.error().action.empty());
    }
    EXPECT_EQ(bytesOf(copy), file);
    EXPECT_EQ(bytesOf(copy.string() + "-wal"), journal);
    EXPECT_TRUE(Database::open(copy, Database::Durability::Full, {7, "the test database"}));
}

TEST_F(DatabaseTest, ValuesComeBackAsTheyWere) {
    const auto database = Database::open({}, Database::Durability::Full);
    ASSERT_TRUE(database);
    ASSERT_TRUE((*database)->execute("CREATE TABLE t (a INTEGER, b TEXT, c BLOB, d TEXT)"));
    auto insert = (*database)->prepare("INSERT INTO t VALUES (?1, ?2, ?3, ?4)");
    ASSERT_TRUE(insert);
    const std::string blob("\0x\0", 3);
    ASSERT_TRUE(insert->bind(1, 42).bind(2, "text").bindBlob(3, blob).bindNull(4).run());
    auto query = (*database)->prepare("SELECT * FROM t");
    ASSERT_TRUE(query);
    ASSERT_TRUE(*query->step());
    EXPECT_EQ(query->integer(0), 42);
    EXPECT_EQ(query->text(1), "text");
    EXPECT_EQ(query->blob(2), blob);
    EXPECT_TRUE(query->isNull(3));
    EXPECT_FALSE(*query->step());
}

TEST_F(DatabaseTest, AnUnfinishedTransactionLeavesNothing) {
    const auto database = Database::open({}, Database::Durability::Full);
    ASSERT_TRUE(database);
    ASSERT_TRUE((*database)->execute("CREATE TABLE t (a INTEGER)"));
    {
        auto transaction = Transaction::begin(**database);
        ASSERT_TRUE(transaction);
        ASSERT_TRUE((*database)->execute("INSERT INTO t VALUES (1)"));
    }
    auto query = (*database)->prepare("SELECT count(*) FROM t");
    ASSERT_TRUE(*query->step());
    EXPECT_EQ(query->integer(0), 0);
}

TEST_F(DatabaseTest, AMistakeIsAnErrorWithItsWords) {
    const auto database = Database::open({}, Database::Durability::Full);
    ASSERT_TRUE(database);
    const auto statement = (*database)->prepare("SELECT a FROM nowhere");
    ASSERT_FALSE(statement);
    EXPECT_NE(statement.error().message.find("nowhere"), std::string::npos);
    EXPECT_FALSE(statement.error().action.empty());
}

} // namespace
} // namespace keybearer
