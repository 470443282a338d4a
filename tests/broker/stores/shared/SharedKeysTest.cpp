#include "tests/broker/stores/shared/SharedStoreFixture.h"

#include "broker/base/Json.h"
#include "broker/stores/shared/SharedHeader.h"

namespace keybearer {
namespace {

class SharedKeysTest : public SharedStoreFixture {
protected:
    SharedHeader headerThere() { return *parseHeader(server->entries.at("header").record.sealed); }
    void putHeader(const std::string& text) {
        MemoryServer::Entry& entry = server->entries["header"];
        entry.record = {entry.record.revision + 1, text};
        server->tell("header", entry.record.revision);
    }
    static Result<void> rekey(SharedBroker& broker, std::optional<SealedSharedStore::NextKey> next = {}) {
        auto held = std::make_shared<std::optional<SealedSharedStore::NextKey>>(std::move(next));
        return wait<void>([&](auto done) { broker.store->rekey(std::move(*held), done); });
    }
};

TEST_F(SharedKeysTest, S4_ABrokerWithAnotherKeyIsRefusedWithBothIds) {
    start(a, fileSource());
    ASSERT_TRUE(write(a, "s_one", 1, "one"));
    const StoreKeySource other{StoreKeyKind::KeyFile, makeKey("other"), {}};
    start(b, other);
    const std::string mine = keyIdOf(*readStoreKey(other));
    const std::string theirs = a.store->status().keyId;
    EXPECT_NE(mine, theirs);
    EXPECT_EQ(mine.size(), 9U);
    EXPECT_EQ(problemOf(b),
              "the store at a server in memory was made with key " + theirs + "; this broker has " + mine);
    EXPECT_NE(b.store->health().action, "");
    EXPECT_EQ(b.store->health().state, CredentialStore::Health::State::Unavailable);
    EXPECT_EQ(write(b, "s_one", 2, "two").error().code, ErrorCode::StoreUnavailable);
    EXPECT_EQ(valueOf(b, "s_one"), "<" + problemOf(b) + ">");
    EXPECT_EQ(valueOf(a, "s_one"), "one") << "nothing was touched";
}

TEST_F(SharedKeysTest, S4_OfTwoBrokersThatMakeItAtOnceBothUseOneHeader) {
    server->delay = std::chrono::milliseconds(20);
    begin(a, fileSource());
    begin(b, fileSource());
    ASSERT_TRUE(spinUntil([&] { return problemOf(a).empty() && problemOf(b).empty(); }));
    EXPECT_EQ(a.store->status().storeId, b.store->status().storeId);
    ASSERT_TRUE(write(a, "s_one", 1, "one"));
    EXPECT_EQ(valueOf(b, "s_one"), "one");
}

TEST_F(SharedKeysTest, T49_AHeaderThatWasExchangedUnderARunningBrokerIsRefused) {
    start(a, fileSource());
    ASSERT_TRUE(write(a, "s_one", 1, "one"));
    const std::string ours = server->entries.at("header").record.sealed;
    const Result<SharedHeader> foreign = freshHeader({}, Secret::random(storeKeyBytes), a.clock.wall());
    putHeader(printHeader(*foreign));
    ASSERT_TRUE(spinUntil([&] { return !problemOf(a).empty(); }));
    EXPECT_NE(problemOf(a).find("was made with key " + foreign->keyId), std::string::npos) << problemOf(a);
    EXPECT_EQ(write(a, "s_one", 2, "two").error().code, ErrorCode::StoreUnavailable);
    EXPECT_NE(valueOf(a, "s_one"), "one");
    putHeader(ours);
    ASSERT_TRUE(spinUntil([&] { return problemOf(a).empty(); }));
    EXPECT_EQ(valueOf(a, "s_one"), "one");
}

TEST_F(SharedKeysTest, T49_AHeaderThatSomebodyChangedIsRefused) {
    start(a, fileSource());
    SharedHeader changed = headerThere();
    ++changed.serial;
    changed.rekeying = true;
    putHeader(printHeader(changed));
    ASSERT_TRUE(spinUntil([&] { return !problemOf(a).empty(); }));
    EXPECT_NE(problemOf(a).find("by somebody who does not have its key"), std::string::npos) << problemOf(a);
}

TEST_F(SharedKeysTest, SomethingElseWhereTheHeaderShouldBeIsRefused) {
    server->entries["header"].record = {1, "hello"};
    start(a, fileSource());
    EXPECT_NE(problemOf(a).find("has no header of Keybearer's"), std::string::npos) << problemOf(a);
    EXPECT_EQ(server->entries.at("header").record.sealed, "hello") << "and not overwritten";
}

TEST_F(SharedKeysTest, AStoreOfANewerVersionIsNotTouched) {
    start(a, fileSource());
    Json text = *parseJson(server->entries.at("header").record.sealed);
    text["keybearer_store"] = 2;
    putHeader(text.dump());
    ASSERT_TRUE(spinUntil([&] { return !problemOf(a).empty(); }));
    EXPECT_EQ(problemOf(a), "the store was made by a newer version of Keybearer");
    EXPECT_FALSE(write(a, "s_one", 1, "one"));
    EXPECT_EQ(server->entries.count("item/s_one"), 0U);
}

TEST_F(SharedKeysTest, T49_AnOlderHeaderIsReplacedByTheOneThatWasSeen) {
    start(a, fileSource());
    const auto old = server->dump();
    ASSERT_TRUE(rekey(a));
    const std::uint64_t serial = headerThere().serial;
    ASSERT_GT(serial, 1U);
    server->restore(old);
    ASSERT_TRUE(spinUntil([&] { return problemOf(a).empty() && headerThere().serial == serial; }));
    start(b, fileSource());
    EXPECT_EQ(b.store->status().storeId, a.store->status().storeId);
}

TEST_F(SharedKeysTest, ThePassphraseOpensItOnEveryBroker) {
    start(a, phraseSource());
    EXPECT_EQ(problemOf(a), "the shared store has no passphrase yet");
    EXPECT_EQ(a.store->health().state, CredentialStore::Health::State::Locked);
    EXPECT_EQ(unlock(a, "short").error().code, ErrorCode::InvalidParams);
    ASSERT_TRUE(unlock(a, "correct horse"));
    ASSERT_TRUE(write(a, "s_one", 1, "one"));
    start(b, phraseSource());
    EXPECT_EQ(problemOf(b), "the store is locked");
    EXPECT_EQ(write(b, "s_one", 2, "two").error().code, ErrorCode::StoreLocked);
    const Result<void> wrong = unlock(b, "wrong horse!");
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().code, ErrorCode::StoreLocked);
    EXPECT_NE(wrong.error().message.find(a.store->status().keyId), std::string::npos)
        << wrong.error().message;
    ASSERT_TRUE(unlock(b, "correct horse"));
    EXPECT_EQ(valueOf(b, "s_one"), "one");
    EXPECT_FALSE(unlock(b, "wrong horse!"));
    EXPECT_EQ(valueOf(b, "s_one"), "one") << "a wrong passphrase does not close what is open";
}

TEST_F(SharedKeysTest, LockedIsLockedUntilUnlocked) {
    start(a, fileSource());
    ASSERT_TRUE(write(a, "s_one", 1, "one"));
    a.store->lock();
    EXPECT_FALSE(a.store->isOpen());
    EXPECT_EQ(write(a, "s_one", 2, "two").error().code, ErrorCode::StoreLocked);
    EXPECT_EQ(a.store->health().state, CredentialStore::Health::State::Locked);
    server->bounce();
    spinOnce();
    EXPECT_FALSE(a.store->isOpen()) << "nor does a new connection open it";
    ASSERT_TRUE(wait<void>([&](auto done) { a.store->unlock(std::nullopt, done); }));
    EXPECT_EQ(valueOf(a, "s_one"), "one");
    a.store->lock();
    server->setOut(true);
    EXPECT_FALSE(wait<void>([&](auto done) { a.store->unlock(std::nullopt, done); }));
}

TEST_F(SharedKeysTest, EveryRecordGetsANewKeyWhileTheOthersGoOn) {
    start(a, fileSource());
    start(b, fileSource());
    for (int i = 0; i < 20; ++i)
        ASSERT_TRUE(write(a, "s_" + std::to_string(i), 1, "value"));
    ASSERT_TRUE(write(a, "journal-key", 0, "own"));
    std::optional<Result<void>> changed;
    a.store->rekey(std::nullopt, [&](Result<void> r) { changed.emplace(std::move(r)); });
    int generation = 2;
    while (!changed) {
        const Result<void> written = write(b, "s_5", static_cast<std::uint64_t>(generation++), "going on");
        ASSERT_TRUE(written) << written.error().message;
    }
    ASSERT_TRUE(*changed) << changed->error().message;
    for (const auto& [name, entry] : server->entries) {
        if (name != "header") {
            EXPECT_EQ(keyNumberOf(entry.record.sealed), 2) << name;
        }
    }
    EXPECT_FALSE(headerThere().rekeying);
    EXPECT_EQ(valueOf(b, "s_7"), "value");
    EXPECT_EQ(valueOf(b, "s_5"), "going on");
    EXPECT_EQ(valueOf(a, "journal-key"), "own");
    ASSERT_TRUE(rekey(a));
    EXPECT_EQ(headerThere().keys.size(), 2U) << "the last one and the one before";
}

TEST_F(SharedKeysTest, AChangeThatWasInterruptedIsFinishedByAnotherBroker) {
    start(a, fileSource());
    for (int i = 0; i < 20; ++i)
        ASSERT_TRUE(write(a, "s_" + std::to_string(i), 1, "value"));
    server->delay = std::chrono::milliseconds(2);
    a.store->rekey(std::nullopt, [](const Result<void>&) {});
    ASSERT_TRUE(spinUntil([&] { return keyNumberOf(server->entries.at("item/s_0").record.sealed) == 2; }));
    a.store.reset();
    server->delay = std::chrono::milliseconds(0);
    EXPECT_TRUE(headerThere().rekeying);
    start(b, fileSource());
    EXPECT_TRUE(b.store->status().rekeying);
    ASSERT_TRUE(rekey(b));
    EXPECT_FALSE(b.store->status().rekeying);
    EXPECT_EQ(headerThere().keys.back().number, 2);
    EXPECT_EQ(keyNumberOf(server->entries.at("item/s_19").record.sealed), 2);
}

TEST_F(SharedKeysTest, AnotherKeyFromOutsideShutsTheOthersOutUntilTheyHaveIt) {
    start(a, fileSource());
    start(b, fileSource());
    ASSERT_TRUE(write(a, "s_one", 1, "one"));
    const StoreKeySource next{StoreKeyKind::KeyFile, makeKey("next"), {}};
    ASSERT_TRUE(rekey(a, SealedSharedStore::NextKey{next, std::nullopt}));
    EXPECT_EQ(valueOf(a, "s_one"), "one");
    EXPECT_EQ(a.store->keyName(), next.file.string());
    ASSERT_TRUE(spinUntil([&] { return !problemOf(b).empty(); }));
    EXPECT_NE(problemOf(b).find(keyIdOf(*readStoreKey(next))), std::string::npos) << problemOf(b);
    start(b, next);
    EXPECT_EQ(valueOf(b, "s_one"), "one");
    const Result<void> keychain = rekey(a, SealedSharedStore::NextKey{{StoreKeyKind::Keychain, {}, {}}, {}});
    EXPECT_EQ(keychain.error().code, ErrorCode::InvalidParams);
}

TEST_F(SharedKeysTest, AKeyServiceWrapsTheKeysOnceMore) {
    struct Reversing final : KeyWrapper {
        void wrap(std::string bytes, Completion<std::string> done) override {
            bytes.insert(0, "w:");
            QTimer::singleShot(0, &later, [bytes, done = std::move(done)] { done(bytes); });
        }
        void unwrap(std::string wrapped, Completion<std::string> done) override {
            const bool ours = wrapped.rfind("w:", 0) == 0;
            Result<std::string> plain = ours ? Result<std::string>(wrapped.substr(2))
                                             : failure(ErrorCode::ParseError, "not wrapped here");
            QTimer::singleShot(0, &later, [plain, done = std::move(done)] { done(plain); });
        }
        [[nodiscard]] std::string name() const override { return "transit/team"; }
        QObject later;
    };
    Reversing service;
    a.store = std::make_unique<SealedSharedStore>(SealedSharedStore::Setup{
        "vault", std::make_unique<MemoryRecords>(server), fileSource(), *a.ledger, a.clock, &service});
    ASSERT_TRUE(spinUntil([&] { return problemOf(a).empty(); }));
    ASSERT_TRUE(write(a, "s_one", 1, "one"));
    EXPECT_EQ(headerThere().wrapper, "transit/team");
    EXPECT_EQ(headerThere().keys.front().wrapped.rfind("w:", 0), 0U);
    ASSERT_TRUE(rekey(a));
    EXPECT_EQ(valueOf(a, "s_one"), "one");
    start(b, fileSource());
    EXPECT_EQ(problemOf(b), "the keys of the shared store are wrapped by transit/team");
}

TEST_F(SharedKeysTest, DamagedHeadersAreNone) {
    const Result<SharedHeader> made = freshHeader({}, Secret::random(storeKeyBytes), a.clock.wall());
    const std::string text = printHeader(*made);
    ASSERT_TRUE(parseHeader(text));
    for (const char* member : {"store_id", "key_kind", "keys", "keybearer_store"}) {
        Json changed = *parseJson(text);
        changed[member] = nullptr;
        EXPECT_FALSE(parseHeader(changed.dump())) << member;
    }
    Json keychain = *parseJson(text);
    keychain["key_kind"] = "keychain";
    EXPECT_FALSE(parseHeader(keychain.dump()));
    Json twice = *parseJson(text);
    twice["keys"].push_back(twice["keys"][0]);
    EXPECT_FALSE(parseHeader(twice.dump())) << "numbers rise";
    EXPECT_FALSE(parseHeader(std::string(70'000, ' ') + text));
    EXPECT_FALSE(parseHeader(""));
}

} // namespace
} // namespace keybearer
