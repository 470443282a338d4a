// The seal whose key lies in the store of secrets: what it finds that the key file cannot.
#include "broker/audit/AuditSeal.h"
#include "tests/broker/audit/AuditFixture.h"

namespace keybearer::test {
namespace {

class AuditSealTest : public AuditFixture {
protected:
    // As the daemon does it: the store is opened, later its item is written again.
    void openWithStore() {
        openUnhurried();
        log_->openSeal(stored_ ? std::optional<Secret>(stored_->clone()) : std::nullopt);
        settle();
    }
    void remember() {
        settle();
        if (std::optional<Secret> item = log_->sealItem())
            stored_ = std::move(item);
    }
    std::string firstFinding() {
        const auto found = verdict();
        return found.findings.empty() ? "" : found.findings.front().what;
    }
    // All that a forger with the files, the key file and no store can do: a chain that fits.
    void forgeEverything(int rows) {
        close();
        for (const auto& file : segmentFiles())
            std::filesystem::remove(file);
        std::filesystem::remove(directory_ / "audit.sqlite");
        std::filesystem::remove(directory_ / "audit.sqlite-wal");
        std::filesystem::remove(directory_ / "audit.sqlite-shm");
        openUnhurried();
        for (int i = 0; i < rows; ++i)
            ASSERT_TRUE(log_->append(event("forged")).has_value());
        settle();
        ASSERT_TRUE(verdict().intact) << "without the store nothing shows";
        close();
    }
    std::optional<Secret> stored_;
};

TEST_F(AuditSealTest, T_50_TheVerdictNamesTheSealAndHowFarItReaches) {
    openUnhurried();
    append(3);
    settle();
    EXPECT_EQ(verdict().sealedBy, "key_file");
    EXPECT_EQ(verdict().sealedThrough, 3);
    openWithStore();
    append(2);
    settle();
    EXPECT_TRUE(verdict().intact);
    EXPECT_EQ(verdict().sealedBy, "store");
    EXPECT_EQ(verdict().sealedThrough, 5);
}

TEST_F(AuditSealTest, T_50_WholeChainMadeAnewWithTheKeyFileIsNoticed) {
    openWithStore();
    append(5);
    remember();
    forgeEverything(5);
    openWithStore();
    EXPECT_EQ(firstFinding(), "seal");
    append(3);
    settle();
    EXPECT_EQ(firstFinding(), "seal") << "a later seal has covered it up";
}

TEST_F(AuditSealTest, T_50_AnOlderCopyOfEverythingIsNoticed) {
    openWithStore();
    append(5);
    remember();
    close();
    const std::filesystem::path copy = directory_.string() + "-copy";
    std::filesystem::copy(directory_, copy, std::filesystem::copy_options::recursive);
    openWithStore();
    append(5);
    remember();
    close();
    std::filesystem::remove_all(directory_);
    std::filesystem::rename(copy, directory_);
    openWithStore();
    EXPECT_EQ(firstFinding(), "rolled_back");
}

TEST_F(AuditSealTest, T_50_OldestRowsCutOffWithTheKeyFileAreNoticed) {
    openWithStore();
    append(20);
    settle();
    remember();
    close();
    const auto key = AuditKey::load(directory_ / "audit" / "key");
    ASSERT_TRUE(key.has_value());
    for (const auto& file : segmentFiles())
        std::filesystem::remove(file);
    {
        auto archive = AuditArchive::open(directory_ / "audit.sqlite", *key);
        ASSERT_TRUE(archive.has_value());
        const auto line = parseAuditLine(*(*archive)->lineAt(7));
        ASSERT_TRUE((*archive)->retireThrough({7, line->hash}, nullptr).has_value());
    }
    openUnhurried();
    EXPECT_TRUE(verdict().intact) << "without the store nothing shows";
    openWithStore();
    EXPECT_EQ(firstFinding(), "seal");
}

TEST_F(AuditSealTest, T_50_RowsThatWereTooOldLeaveTheSealWhole) {
    openWithStore();
    append(3);
    remember();
    clock_.advance(std::chrono::hours(24) * 91);
    openUnhurried();
    append(2);
    settle();
    EXPECT_EQ(log_->status().rows, 5) << "while the store is locked nothing may be removed";
    openWithStore();
    clock_.advance(std::chrono::hours(25));
    append(1);
    settle();
    EXPECT_EQ(log_->status().rows, 3);
    EXPECT_TRUE(verdict().intact);
    EXPECT_EQ(verdict().sealedBy, "store");
    remember();
    openWithStore();
    EXPECT_TRUE(verdict().intact);
}

TEST_F(AuditSealTest, TheStoreIsWrittenOnlyWhenTheSealMoved) {
    openWithStore();
    append(1);
    settle();
    EXPECT_TRUE(log_->sealItem().has_value());
    EXPECT_FALSE(log_->sealItem().has_value());
    append(1);
    settle();
    EXPECT_TRUE(log_->sealItem().has_value());
}

TEST_F(AuditSealTest, T_50_WhatTheStoreRemembersNeverGoesBack) {
    openWithStore();
    append(5);
    remember();
    close();
    openUnhurried();
    log_->openSeal(stored_->clone());
    const auto item = log_->sealItem(); // before the worker has looked, as at a start and stop in one breath
    EXPECT_TRUE(!item || AuditSeal::parse(*item)->remembered().sequence >= 5);
}

TEST_F(AuditSealTest, ADamagedDatabaseDoesNotSpoilTheSealForGood) {
    openWithStore();
    append(5);
    remember();
    close();
    std::filesystem::remove(directory_ / "audit.sqlite-wal");
    std::filesystem::remove(directory_ / "audit.sqlite-shm");
    rewrite(directory_ / "audit.sqlite", std::string(20'000, 'x'));
    for (const auto& file : segmentFiles())
        std::filesystem::remove(file);
    openWithStore();
    append(2);
    remember();
    const auto found = verdict();
    EXPECT_EQ(found.findings.size(), 1U);
    EXPECT_EQ(firstFinding(), "set_aside");
    EXPECT_EQ(found.sealedBy, "store");
}

TEST(AuditSealItemTest, ItemsThatAreNotOursAreRefused) {
    initialiseSecrets();
    const AuditSeal seal;
    ChainHead head{42, {}};
    head.hash[0] = 7;
    const Secret item = seal.item(head);
    const auto back = AuditSeal::parse(item);
    ASSERT_TRUE(back.has_value());
    EXPECT_EQ(back->remembered().sequence, 42);
    EXPECT_EQ(back->remembered().hash, head.hash);
    EXPECT_EQ(back->key().tag("a", "b"), seal.key().tag("a", "b"));
    const std::string text(item.reveal());
    for (std::size_t length = 0; length < text.size(); ++length)
        EXPECT_FALSE(AuditSeal::parse(Secret::copyOf(text.substr(0, length))).has_value()) << length;
    for (const std::string& other : {text + "0", "2" + text.substr(1), "1 -1" + text.substr(4),
                                     "1 99999999999999999999" + text.substr(4)})
        EXPECT_FALSE(AuditSeal::parse(Secret::copyOf(other)).has_value()) << other;
}

} // namespace
} // namespace keybearer::test
