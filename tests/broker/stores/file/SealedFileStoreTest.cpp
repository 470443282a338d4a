#include "broker/stores/file/SealedFileStore.h"

#include "broker/stores/memory/MemoryStore.h"
#include "tests/broker/stores/StoreContract.h"
#include "tests/broker/stores/file/SealedFileFixture.h"

namespace keybearer {
namespace {

using State = CredentialStore::Health::State;

// A directory with a key file, a ledger and a keychain that outlive the store.
struct Place {
    Place() {
        std::string name = "/tmp/kb-store-XXXXXX";
        directory = ::mkdtemp(name.data());
        std::ofstream(directory / "key") << std::string(storeKeyBytes, 'k');
        std::filesystem::permissions(directory / "key", std::filesystem::perms(0600));
    }
    ~Place() { std::filesystem::remove_all(directory); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

    std::unique_ptr<SealedFileStore> make(StoreKeyKind kind) {
        StoreKeySource source{kind, {}, {}};
        if (kind == StoreKeyKind::KeyFile)
            source.file = directory / "key";
        return std::make_unique<SealedFileStore>(
            SealedFileStore::Setup{directory / "store.sqlite", source, *ledger, &keychain, clock, cheap});
    }

    static constexpr PassphraseCost cheap{64 << 10, 1, 8 << 10};
    std::filesystem::path directory;
    FakeClock clock;
    MemoryStore keychain;
    std::unique_ptr<StateDatabase> ledger = std::move(*StateDatabase::open(std::filesystem::path()));
};

std::unique_ptr<CredentialStore> contractStore(StoreKeyKind kind, bool clean) {
    static std::unique_ptr<Place> place;
    if (clean)
        place = std::make_unique<Place>();
    return place->make(kind);
}

INSTANTIATE_TEST_SUITE_P(
    File, StoreContract,
    ::testing::Values(
        StoreMaker{"KeyFile", [](bool clean) { return contractStore(StoreKeyKind::KeyFile, clean); }},
        StoreMaker{"Keychain", [](bool clean) { return contractStore(StoreKeyKind::Keychain, clean); }}),
    storeMakerName);

class SealedFileStoreTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() { initialiseSecrets(); }
    static Result<void> unlock(SealedFileStore& store, const char* passphrase) {
        std::optional<Result<void>> answer;
        store.unlock(passphrase == nullptr ? std::nullopt : std::optional(Secret::copyOf(passphrase)),
                     [&](Result<void> result) { answer.emplace(std::move(result)); });
        EXPECT_TRUE(spinUntil([&] { return answer.has_value(); }));
        return std::move(*answer);
    }
    static Result<void> write(CredentialStore& store, const char* id, const char* value) {
        std::optional<Result<void>> answer;
        store.write(id, "label", Secret::copyOf(value),
                    [&](Result<void> result) { answer.emplace(std::move(result)); });
        EXPECT_TRUE(spinUntil([&] { return answer.has_value(); }));
        return std::move(*answer);
    }
    static std::string valueOf(CredentialStore& store, const char* id) {
        std::optional<Result<Secret>> answer;
        store.read(id, [&](Result<Secret> result) { answer.emplace(std::move(result)); });
        EXPECT_TRUE(spinUntil([&] { return answer.has_value(); }));
        return *answer ? std::string((*answer)->reveal()) : "<" + answer->error().message + ">";
    }
    static Result<void> rekey(SealedFileStore& store, std::optional<SealedFileStore::NextKey> next) {
        std::optional<Result<void>> answer;
        store.rekey(std::move(next), [&](Result<void> result) { answer.emplace(std::move(result)); });
        EXPECT_TRUE(spinUntil([&] { return answer.has_value(); }));
        return std::move(*answer);
    }
    Place place;
};

TEST_F(SealedFileStoreTest, PassphraseIsChosenOnceAndThenTheOnlyOne) {
    auto store = place.make(StoreKeyKind::Passphrase);
    EXPECT_EQ(store->health().state, State::Locked);
    EXPECT_EQ(store->health().action, "Choose one with: keybearer store unlock");
    EXPECT_EQ(valueOf(*store, "one"), "<the store has no passphrase yet>");
    EXPECT_EQ(unlock(*store, "short").error().code, ErrorCode::InvalidParams);
    EXPECT_EQ(unlock(*store, nullptr).error().code, ErrorCode::InvalidParams);
    ASSERT_TRUE(unlock(*store, "correct horse"));
    ASSERT_TRUE(write(*store, "one", "value"));
    store = place.make(StoreKeyKind::Passphrase);
    EXPECT_EQ(valueOf(*store, "one"), "<the store is locked>");
    EXPECT_EQ(unlock(*store, "wrong horse").error().message, "the passphrase is wrong");
    EXPECT_EQ(store->health().state, State::Locked);
    ASSERT_TRUE(unlock(*store, "correct horse"));
    EXPECT_EQ(valueOf(*store, "one"), "value");
    EXPECT_FALSE(unlock(*store, "wrong horse"));
    EXPECT_EQ(valueOf(*store, "one"), "value") << "a wrong word does not close what is open";
}

TEST_F(SealedFileStoreTest, DestructionWhileAPassphraseIsTriedIsFine) {
    auto store = place.make(StoreKeyKind::Passphrase);
    bool called = false;
    store->unlock(Secret::copyOf("correct horse"), [&](const Result<void>&) { called = true; });
    store.reset();
    spinOnce();
    EXPECT_FALSE(called);
}

TEST_F(SealedFileStoreTest, LockedStoreStaysLockedUntilItIsUnlocked) {
    auto store = place.make(StoreKeyKind::KeyFile);
    ASSERT_TRUE(write(*store, "one", "value"));
    store->lock();
    EXPECT_EQ(store->health().state, State::Locked);
    EXPECT_EQ(valueOf(*store, "one"), "<the store is locked>") << "though the key file is there";
    EXPECT_EQ(write(*store, "one", "x").error().code, ErrorCode::StoreLocked);
    ASSERT_TRUE(unlock(*store, nullptr));
    EXPECT_EQ(valueOf(*store, "one"), "value");
}

TEST_F(SealedFileStoreTest, KeyOfAnotherKindIsNotUsedThoughTheFileWouldAllowIt) {
    ASSERT_TRUE(write(*place.make(StoreKeyKind::KeyFile), "one", "value"));
    auto store = place.make(StoreKeyKind::Keychain);
    EXPECT_EQ(store->health().state, State::Unavailable);
    EXPECT_NE(valueOf(*store, "one").find("sealed with a key of kind key_file"), std::string::npos);
    EXPECT_FALSE(write(*store, "two", "x"));
    EXPECT_EQ(valueOf(*place.make(StoreKeyKind::KeyFile), "one"), "value");
}

TEST_F(SealedFileStoreTest, KeyGoneFromTheKeychainIsSaidAndNoNewOneIsMade) {
    ASSERT_TRUE(write(*place.make(StoreKeyKind::Keychain), "one", "value"));
    MemoryStore empty;
    SealedFileStore store(
        {place.directory / "store.sqlite", {}, *place.ledger, &empty, place.clock, Place::cheap});
    EXPECT_EQ(valueOf(store, "one"), "<the key of the store file is not in this keychain>");
    EXPECT_EQ(store.health().state, State::Unavailable);
    EXPECT_EQ(valueOf(*place.make(StoreKeyKind::Keychain), "one"), "value");
}

TEST_F(SealedFileStoreTest, RekeyToAPassphraseClosesTheFileToTheOldKey) {
    auto store = place.make(StoreKeyKind::KeyFile);
    for (int i = 0; i < 60; ++i)
        ASSERT_TRUE(write(*store, ("item" + std::to_string(i)).c_str(), "value"));
    SealedFileStore::NextKey next{{StoreKeyKind::Passphrase, {}, {}}, Secret::copyOf("short")};
    EXPECT_EQ(rekey(*store, std::move(next)).error().code, ErrorCode::InvalidParams);
    ASSERT_TRUE(rekey(*store, SealedFileStore::NextKey{{StoreKeyKind::Passphrase, {}, {}},
                                                       Secret::copyOf("correct horse")}));
    EXPECT_EQ(valueOf(*store, "item59"), "value");
    store->lock();
    ASSERT_TRUE(unlock(*store, "correct horse")) << "the running store knows its new key";
    EXPECT_NE(valueOf(*place.make(StoreKeyKind::KeyFile), "item0"), "value");
    store = place.make(StoreKeyKind::Passphrase);
    ASSERT_TRUE(unlock(*store, "correct horse"));
    EXPECT_EQ(valueOf(*store, "item0"), "value");
}

TEST_F(SealedFileStoreTest, FailedRekeyLeavesThePresentKey) {
    auto store = place.make(StoreKeyKind::KeyFile);
    ASSERT_TRUE(write(*store, "one", "value"));
    const StoreKeySource none{StoreKeyKind::KeyFile, place.directory / "none", {}};
    EXPECT_FALSE(rekey(*store, SealedFileStore::NextKey{none, std::nullopt}));
    EXPECT_EQ(valueOf(*store, "one"), "value");
    EXPECT_EQ(valueOf(*place.make(StoreKeyKind::KeyFile), "one"), "value");
}

TEST_F(SealedFileStoreTest, DamagedItemIsNoTroubleOfTheStore) {
    {
        auto store = place.make(StoreKeyKind::KeyFile);
        ASSERT_TRUE(write(*store, "one", "value"));
        ASSERT_TRUE(write(*store, "two", "value"));
    }
    auto database = Database::open(place.directory / "store.sqlite", Database::Durability::Full);
    ASSERT_TRUE((*database)->execute("UPDATE records SET sealed = zeroblob(300) WHERE id = 'one'"));
    database->reset();
    auto store = place.make(StoreKeyKind::KeyFile);
    EXPECT_EQ(valueOf(*store, "two"), "value");
    EXPECT_NE(valueOf(*store, "one"), "value");
    EXPECT_EQ(store->health().state, State::Ready);
}

} // namespace
} // namespace keybearer
