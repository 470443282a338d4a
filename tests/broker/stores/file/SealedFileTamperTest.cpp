#include "tests/broker/stores/file/SealedFileFixture.h"

#include <set>

// T-35: whatever is done to the file behind our back is noticed, costs no other record, and is not made
// worse.
namespace keybearer {
namespace {

constexpr std::size_t stride = 23; // prime to the page and shorter than any row: every part is met

class SealedFileTamper : public SealedFileFixture {
protected:
    static std::string valueFor(int i) { return "value-" + std::to_string(i) + std::string(300, 'v'); }
    void fill() {
        make();
        for (int i = 0; i < records; ++i)
            put("item" + std::to_string(i), valueFor(i));
    }
    static constexpr int records = 8;
};

TEST_F(SealedFileTamper, NoFlippedByteYieldsAWrongValueOrCostsMoreThanItsPage) {
    fill();
    const std::string good = closedBytes();
    int refused = 0;
    int noticed = 0;
    for (std::size_t at = 0; at < good.size(); at += stride) {
        std::string bytes = good;
        bytes[at] = static_cast<char>(bytes[at] ^ static_cast<char>(1U << (at % 8)));
        setBytes(path, bytes);
        if (const Result<void> opened = reopen(); !opened) {
            ++refused;
            EXPECT_EQ(opened.error().code, ErrorCode::StoreUnavailable)
                << at << ": " << opened.error().message;
            EXPECT_FALSE(opened.error().action.empty());
            file.reset();
            // The bytes 18 and 19 say how the file is written to; SQLite sets them right when it opens it.
            const bool untouched = at == 18 || at == 19 || bytesOf(path) == bytes;
            EXPECT_TRUE(untouched) << at << ": a file that is refused stays as it is";
            continue;
        }
        int lost = 0;
        for (int i = 0; i < records; ++i) {
            const Result<SealedItem> item = file->read("item" + std::to_string(i));
            if (item)
                EXPECT_EQ(item->value.reveal(), valueFor(i)) << at;
            else
                EXPECT_EQ(item.error().code,
                          file->damage().empty() ? ErrorCode::ParseError : ErrorCode::StoreUnavailable)
                    << at << ": " << item.error().message;
            lost += item ? 0 : 1;
        }
        noticed += lost > 0 || !file->damage().empty() ? 1 : 0;
        EXPECT_TRUE(lost <= 1 || !file->damage().empty()) << at << ": one byte, one record";
    }
    EXPECT_GT(refused, 10) << "the header and the keys were met";
    EXPECT_GT(noticed, 100) << "the records were met";
}

TEST_F(SealedFileTamper, DamagedRecordIsKeptAsideWhenItsSuccessorComes) {
    fill();
    tamper("UPDATE records SET sealed = zeroblob(length(sealed)) WHERE id = 'item3'");
    ASSERT_TRUE(reopen());
    EXPECT_EQ(file->read("item3").error().code, ErrorCode::ParseError);
    EXPECT_EQ(valueOf("item2"), valueFor(2));
    EXPECT_EQ(file->count()->quarantined, 0U) << "looking changes nothing";
    put("item3", "signed in again");
    EXPECT_EQ(valueOf("item3"), "signed in again");
    EXPECT_EQ(file->count()->quarantined, 1U);
    ASSERT_TRUE(reopen());
    EXPECT_EQ(valueOf("item3"), "signed in again");
}

TEST_F(SealedFileTamper, SwappedRecordsDoNotOpen) {
    fill();
    tamper("UPDATE records SET id = 'x' WHERE id = 'item1';"
           "UPDATE records SET id = 'item1' WHERE id = 'item2';"
           "UPDATE records SET id = 'item2' WHERE id = 'x';");
    ASSERT_TRUE(reopen());
    EXPECT_EQ(file->read("item1").error().code, ErrorCode::ParseError);
    EXPECT_EQ(file->read("item2").error().code, ErrorCode::ParseError);
    EXPECT_EQ(valueOf("item0"), valueFor(0));
}

TEST_F(SealedFileTamper, RecordOfAnotherOwnerOrStoreDoesNotOpen) {
    fill();
    file.reset();
    const std::filesystem::path other = directory / "other.sqlite";
    auto otherLedger = std::move(*StateDatabase::open(std::filesystem::path()));
    {
        auto made = SealedFile::create(other, *otherLedger, clock, header(), kek);
        ASSERT_TRUE(made);
        ASSERT_TRUE((*made)->write("item1", "", Secret::copyOf("from elsewhere")));
    }
    tamper(("ATTACH '" + other.string() +
            "' AS other; UPDATE records SET sealed = (SELECT sealed FROM other.records), generation = 1 "
            "WHERE id = 'item1'")
               .c_str());
    ASSERT_TRUE(reopen());
    EXPECT_EQ(file->read("item1").error().code, ErrorCode::ParseError);
}

TEST_F(SealedFileTamper, OlderRecordPutBackIsNoticed) {
    fill();
    tamper("CREATE TABLE old AS SELECT * FROM records WHERE id = 'item1'");
    ASSERT_TRUE(reopen());
    put("item1", "newer");
    tamper("INSERT OR REPLACE INTO records SELECT * FROM old");
    ASSERT_TRUE(reopen());
    EXPECT_NE(valueOf("item1").find("older"), std::string::npos) << valueOf("item1");
    EXPECT_EQ(valueOf("item2"), valueFor(2));
    EXPECT_EQ(file->count()->outdated, 1U);
    put("item1", "signed in again");
    EXPECT_EQ(valueOf("item1"), "signed in again") << "the next generation is newer than both";
    EXPECT_EQ(file->count()->outdated, 0U);
}

TEST_F(SealedFileTamper, OlderFilePutBackIsNoticedWhereItMatters) {
    fill();
    const std::string old = closedBytes();
    ASSERT_TRUE(reopen());
    put("item1", "newer");
    put("item99", "added");
    file.reset();
    setBytes(path, old);
    ASSERT_TRUE(reopen());
    EXPECT_EQ(file->count()->outdated, 2U);
    EXPECT_EQ(file->read("item1").error().code, ErrorCode::ParseError);
    EXPECT_EQ(file->read("item99").error().code, ErrorCode::ParseError) << "missing, not absent";
    EXPECT_EQ(valueOf("item2"), valueFor(2)) << "what did not change is still good";
}

TEST_F(SealedFileTamper, RowOfAKeyChangedOrGoneIsDamageNotAWrongKey) {
    fill();
    const std::string good = closedBytes();
    for (const char* sql : {"UPDATE keys SET wrapped = zeroblob(length(wrapped))", "DELETE FROM keys",
                            "UPDATE keys SET commitment = zeroblob(32)", "UPDATE keys SET made_at = 1",
                            "DELETE FROM header", "UPDATE header SET key_kind = 'passphrase'",
                            "UPDATE header SET memory = 67108864", "DROP TABLE header"}) {
        setBytes(path, good);
        tamper(sql);
        const Result<void> opened = reopen();
        ASSERT_FALSE(opened) << sql;
        EXPECT_EQ(opened.error().code, ErrorCode::StoreUnavailable) << sql;
        EXPECT_NE(opened.error().message.find("damaged"), std::string::npos) << opened.error().message;
    }
}

TEST_F(SealedFileTamper, FileCutShortIsRefusedOrServesWhatIsLeft) {
    fill();
    const std::string good = closedBytes();
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{100}, good.size() / 2,
                                   good.size() - 4096, good.size() - 1}) {
        setBytes(path, good.substr(0, size));
        const Result<void> opened = reopen();
        if (opened) {
            EXPECT_TRUE(file->damage().empty() || !file->write("item1", "", Secret::copyOf("x")))
                << "nothing is written over damage";
            for (int i = 0; i < records; ++i) {
                const Result<SealedItem> item = file->read("item" + std::to_string(i));
                EXPECT_TRUE(!item || item->value.reveal() == valueFor(i));
            }
        } else {
            EXPECT_EQ(opened.error().code, ErrorCode::StoreUnavailable) << size;
        }
        file.reset();
        EXPECT_FALSE(SealedFile::create(path, *ledger, clock, header(), kek)) << size;
    }
    setBytes(path, good);
    ASSERT_TRUE(reopen()) << "the file, put back, is as good as before";
    EXPECT_EQ(valueOf("item1"), valueFor(1));
}

TEST_F(SealedFileTamper, FileGoneOrReplacedByAnotherStoreIsNotANewStore) {
    fill();
    file.reset();
    std::filesystem::remove(path);
    const Result<void> gone = reopen();
    EXPECT_EQ(gone.error().code, ErrorCode::StoreUnavailable);
    EXPECT_NE(gone.error().message.find("gone"), std::string::npos);
    auto otherLedger = std::move(*StateDatabase::open(std::filesystem::path()));
    ASSERT_TRUE(SealedFile::create(path, *otherLedger, clock, header(), kek));
    EXPECT_NE(reopen().error().message.find("of another store"), std::string::npos);
}

TEST_F(SealedFileTamper, NoNonceIsUsedTwice) {
    make();
    std::set<std::string> nonces;
    for (int i = 0; i < 300; ++i)
        put("item", std::to_string(i));
    tamper("CREATE TABLE copies (sealed BLOB)");
    ASSERT_TRUE(reopen());
    for (int i = 0; i < 300; ++i) {
        put("item" + std::to_string(i), "same");
    }
    file.reset();
    auto database = Database::open(path, Database::Durability::Full);
    auto query = (*database)->prepare("SELECT substr(sealed, 2, 12) FROM records");
    while (*query->step())
        nonces.insert(query->blob(0));
    EXPECT_EQ(nonces.size(), 301U);
}

} // namespace
} // namespace keybearer
