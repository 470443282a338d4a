#include "app/import/Import.h"
#include "tests/app/import/TemporaryHome.h"

#include <gtest/gtest.h>

#include <sys/stat.h>

namespace keybearer::testing {
namespace {

// Remembers what it was given; refuses from the `refusesFrom`-th key on.
class RecordingTarget : public ImportTarget {
public:
    std::vector<std::string> stored;
    std::vector<std::string> dropped;
    std::size_t refusesFrom = 1000;

    Result<void> storeKey(const KeyToStore& key) override {
        if (stored.size() >= refusesFrom)
            return failure(ErrorCode::StoreLocked, "the store is locked");
        stored.push_back(key.name + "=" + key.value);
        return {};
    }
    void dropKey(const std::string& name) override { dropped.push_back(name); }
    Result<void> approve(const std::filesystem::path&, const std::string&) override { return {}; }
};

constexpr const char* text =
    "{\"mcpServers\": {\"a\": {\"command\": \"x\", \"env\": {\"TOKEN\": \"first-0123456789\", "
    "\"PASSWORD\": \"second-0123456789\"}}}}";

struct ImportWorld {
    TemporaryHome home;
    RecordingTarget target;
    BackupStore backups{home.path() / "state" / "backups"};
    WallTime now = fromUnix();
    std::filesystem::path file = home.path() / ".cursor" / "mcp.json";

    static WallTime fromUnix() { return WallTime(std::chrono::seconds(1'790'000'000)); }
    AppliedFile apply(FilePlan& plan) {
        ImportRun run(target, backups, {});
        return run.apply(plan, now);
    }
    std::vector<Backup> list() { return backups.backups().value_or(std::vector<Backup>()); }
};

TEST(Import, WhatIsAppliedCanBeUndoneByteForByte) {
    ImportWorld w;
    FilePlan plan = w.home.plan(text);
    ::chmod(w.file.c_str(), 0640);
    plan = w.home.plan(text);
    const AppliedFile applied = w.apply(plan);
    ASSERT_EQ(applied.outcome, AppliedFile::Outcome::Applied);
    EXPECT_EQ(w.target.stored.size(), 2U);
    EXPECT_EQ(TemporaryHome::read(w.file), plan.after);
    ASSERT_EQ(w.list().size(), 1U);
    EXPECT_EQ(w.list()[0].state, Backup::State::CanUndo);
    EXPECT_FALSE(undoBackup(w.list()[0], w.backups, false, w.now).error);
    EXPECT_EQ(TemporaryHome::read(w.file), text);
    struct stat status {};
    ASSERT_EQ(::stat(w.file.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 07777U, 0640U);
    EXPECT_EQ(w.list()[0].state, Backup::State::Undone);
}

TEST(Import, AStoreThatRefusesLeavesTheFileAndTakesBackWhatWasStored) {
    ImportWorld w;
    w.target.refusesFrom = 1;
    FilePlan plan = w.home.plan(text);
    const AppliedFile applied = w.apply(plan);
    EXPECT_EQ(applied.outcome, AppliedFile::Outcome::Failed);
    EXPECT_EQ(w.target.dropped, (std::vector<std::string>{"cursor-a-token"}));
    EXPECT_EQ(TemporaryHome::read(w.file), text);
    EXPECT_TRUE(w.list().empty());
}

TEST(Import, AFileThatWasChangedMeanwhileStays) {
    ImportWorld w;
    FilePlan plan = w.home.plan(text);
    w.home.write(".cursor/mcp.json", "{}");
    const AppliedFile applied = w.apply(plan);
    EXPECT_EQ(applied.outcome, AppliedFile::Outcome::Failed);
    EXPECT_EQ(TemporaryHome::read(w.file), "{}");
    EXPECT_EQ(w.target.dropped.size(), 2U);
    EXPECT_TRUE(w.list().empty()) << "a backup that undoes nothing";
}

TEST(Import, AFileWithASecondNameStays) {
    ImportWorld w;
    FilePlan plan = w.home.plan(text);
    std::filesystem::create_hard_link(w.file, w.home.path() / "second");
    EXPECT_EQ(w.apply(plan).outcome, AppliedFile::Outcome::Failed);
    EXPECT_EQ(TemporaryHome::read(w.file), text);
}

TEST(Import, NothingIsLeftBesideTheFile) {
    ImportWorld w;
    FilePlan plan = w.home.plan(text);
    static_cast<void>(w.apply(plan));
    std::size_t files = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(w.file.parent_path()))
        ++files;
    EXPECT_EQ(files, 1U);
}

TEST(Import, TheNewerOfTwoBackupsIsUndoneFirst) {
    ImportWorld w;
    FilePlan first = w.home.plan(text);
    static_cast<void>(w.apply(first));
    FilePlan second = w.home.plan(text);
    w.now += std::chrono::milliseconds(5);
    static_cast<void>(w.apply(second));
    ASSERT_EQ(w.list().size(), 2U);
    EXPECT_EQ(w.list()[0].state, Backup::State::Older);
    EXPECT_EQ(w.list()[1].state, Backup::State::CanUndo);
}

TEST(Import, DamagedBackupsAreNamedAndNotUsed) {
    ImportWorld w;
    FilePlan plan = w.home.plan(text);
    const AppliedFile applied = w.apply(plan);
    const std::filesystem::path place = w.backups.directory() / applied.backup;
    w.home.write("state/backups/" + applied.backup + "/content", "something else");
    EXPECT_TRUE(undoBackup(w.list()[0], w.backups, true, w.now).error);
    EXPECT_EQ(TemporaryHome::read(w.file), plan.after);
    w.home.write("state/backups/" + applied.backup + "/manifest.json", "{");
    EXPECT_EQ(w.list()[0].state, Backup::State::Damaged);
    EXPECT_TRUE(w.backups.forget(applied.backup));
    EXPECT_FALSE(std::filesystem::exists(place));
    EXPECT_FALSE(w.backups.forget("../x"));
}

TEST(Import, AFileThatIsGoneIsPutBackOnlyByForce) {
    ImportWorld w;
    FilePlan plan = w.home.plan(text);
    static_cast<void>(w.apply(plan));
    std::filesystem::remove(w.file);
    EXPECT_TRUE(undoBackup(w.list()[0], w.backups, false, w.now).error);
    EXPECT_FALSE(undoBackup(w.list()[0], w.backups, true, w.now).error);
    EXPECT_EQ(TemporaryHome::read(w.file), text);
}

} // namespace
} // namespace keybearer::testing
