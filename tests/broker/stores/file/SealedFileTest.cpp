#include "tests/broker/stores/file/SealedFileFixture.h"

namespace keybearer {
namespace {

TEST_F(SealedFileFixture, ItemsSurviveARestart) {
    make();
    put("one", "first");
    put("two", std::string("a\0b\xff", 4));
    put("empty", "");
    ASSERT_TRUE(reopen());
    EXPECT_EQ(valueOf("one"), "first");
    EXPECT_EQ(valueOf("two"), std::string("a\0b\xff", 4));
    EXPECT_EQ(valueOf("empty"), "");
    EXPECT_EQ(file->read("one")->label, "Keybearer - label of one");
    EXPECT_EQ(file->read("none").error().code, ErrorCode::NotFound);
}

TEST_F(SealedFileFixture, WriteReplacesAndEraseLeavesNothing) {
    make();
    put("one", "old");
    put("one", "new");
    EXPECT_EQ(valueOf("one"), "new");
    EXPECT_TRUE(file->erase("one"));
    EXPECT_TRUE(file->erase("one"));
    ASSERT_TRUE(reopen());
    EXPECT_EQ(file->read("one").error().code, ErrorCode::NotFound);
    EXPECT_EQ(file->count()->outdated, 0U);
}

TEST_F(SealedFileFixture, T34_NoSecretAndNoLabelStandsInTheFile) {
    make();
    put("one", "canary-value");
    for (const auto& entry : std::filesystem::directory_iterator(directory)) {
        const std::string bytes = bytesOf(entry.path());
        EXPECT_EQ(bytes.find("canary-value"), std::string::npos) << entry.path();
        EXPECT_EQ(bytes.find("label of"), std::string::npos) << entry.path();
        EXPECT_EQ(bytes.find(std::string(storeKeyBytes, 'k')), std::string::npos) << entry.path();
        EXPECT_EQ(std::filesystem::status(entry.path()).permissions() & std::filesystem::perms(077),
                  std::filesystem::perms::none)
            << entry.path();
    }
}

TEST_F(SealedFileFixture, LockedGivesAndTakesNothing) {
    make();
    put("one", "value");
    file->lock();
    EXPECT_EQ(file->read("one").error().code, ErrorCode::StoreLocked);
    EXPECT_EQ(file->write("one", "", Secret::copyOf("x")).error().code, ErrorCode::StoreLocked);
    EXPECT_EQ(file->erase("one").error().code, ErrorCode::StoreLocked);
    EXPECT_FALSE(file->beginRekey());
    ASSERT_TRUE(file->unlock(kek));
    EXPECT_EQ(valueOf("one"), "value");
}

TEST_F(SealedFileFixture, WrongKeyIsToldApartFromDamageAndOverwritesNothing) {
    make();
    put("one", "value");
    const std::string before = closedBytes();
    kek = Secret::copyOf(std::string(storeKeyBytes, 'x'));
    const Result<void> opened = reopen();
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::StoreLocked);
    EXPECT_EQ(opened.error().message, "the key file does not open the store file");
    EXPECT_FALSE(file->write("one", "", Secret::copyOf("x")));
    EXPECT_EQ(closedBytes(), before);
}

TEST_F(SealedFileFixture, ExistingFileIsNeverMadeAnew) {
    make();
    put("one", "value");
    const std::string before = closedBytes();
    EXPECT_FALSE(SealedFile::create(path, *ledger, clock, header(), kek));
    EXPECT_EQ(bytesOf(path), before);
    ASSERT_TRUE(reopen());
    EXPECT_EQ(valueOf("one"), "value");
}

TEST_F(SealedFileFixture, DeathWhileTheFileIsMadeIsNoDamage) {
    ASSERT_TRUE(Database::open(path, Database::Durability::Full)); // a file without a table
    EXPECT_EQ(reopen().error().code, ErrorCode::NotFound);
    make();
    // Made, but not yet in the ledger.
    ASSERT_TRUE(ledger->remember("store_file", ""));
    ASSERT_TRUE(reopen());
    EXPECT_FALSE(ledger->recall("store_file")->empty());
}

TEST_F(SealedFileFixture, NewerVersionIsRefusedAndNotRewritten) {
    make();
    tamper("PRAGMA user_version = 2");
    const std::string before = bytesOf(path);
    const Result<void> opened = reopen();
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::StoreUnavailable);
    EXPECT_NE(opened.error().message.find("was written by a newer version"), std::string::npos);
    EXPECT_EQ(bytesOf(path), before);
}

TEST_F(SealedFileFixture, RekeyMovesEveryRecordAndDropsTheOldKey) {
    make();
    for (int i = 0; i < 10; ++i)
        put("item" + std::to_string(i), "value" + std::to_string(i));
    const std::string old = closedBytes();
    ASSERT_TRUE(reopen());
    ASSERT_TRUE(file->beginRekey());
    EXPECT_EQ(file->count()->underOldKey, 10U);
    while (*file->rekeySome(3)) {
    }
    while (*file->verifySome(3)) {
    }
    SealedFile::NewKey next{header(), Secret::copyOf(std::string(storeKeyBytes, 'n'))};
    next.header.keyKind = StoreKeyKind::Credential;
    ASSERT_TRUE(file->finishRekey(&next));
    EXPECT_FALSE(file->count()->rekeying);
    EXPECT_EQ(valueOf("item7"), "value7");
    EXPECT_EQ(reopen().error().code, ErrorCode::StoreLocked) << "the old key opens nothing any more";
    kek = next.kek.clone();
    ASSERT_TRUE(reopen());
    EXPECT_EQ(file->header().keyKind, StoreKeyKind::Credential);
    for (int i = 0; i < 10; ++i)
        EXPECT_EQ(valueOf("item" + std::to_string(i)), "value" + std::to_string(i));
    // A copy from before the change is not accepted any more (T-35).
    file.reset();
    setBytes(path, old);
    EXPECT_EQ(reopen().error().message, "the store file is an older copy: its keys have been replaced since");
}

TEST_F(SealedFileFixture, InterruptedRekeyServesAndGoesOn) {
    make();
    for (int i = 0; i < 6; ++i)
        put("item" + std::to_string(i), "value" + std::to_string(i));
    ASSERT_TRUE(file->beginRekey());
    ASSERT_TRUE(file->rekeySome(2));
    ASSERT_TRUE(reopen());
    EXPECT_TRUE(file->count()->rekeying);
    EXPECT_EQ(file->count()->underOldKey, 4U);
    for (int i = 0; i < 6; ++i)
        EXPECT_EQ(valueOf("item" + std::to_string(i)), "value" + std::to_string(i));
    put("item0", "newer");
    EXPECT_FALSE(file->finishRekey(nullptr)) << "four records still need the old key";
    ASSERT_TRUE(file->beginRekey());
    while (*file->rekeySome(2)) {
    }
    while (*file->verifySome(2)) {
    }
    ASSERT_TRUE(file->finishRekey(nullptr));
    ASSERT_TRUE(reopen());
    EXPECT_FALSE(file->count()->rekeying);
    EXPECT_EQ(valueOf("item0"), "newer");
    EXPECT_EQ(valueOf("item5"), "value5");
}

} // namespace
} // namespace keybearer
