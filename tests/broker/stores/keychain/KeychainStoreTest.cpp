#include "broker/stores/keychain/KeychainStore.h"

#include "tests/broker/stores/StoreContract.h"
#include "tests/broker/stores/keychain/KeyringSession.h"
#include "tests/broker/stores/keychain/SilentPrompter.h"

#include <QElapsedTimer>

#include <csignal>
#include <gtest/gtest.h>

using namespace std::chrono_literals;

namespace keybearer::test {
namespace {

using State = CredentialStore::Health::State;

std::string bytes(std::size_t count) {
    std::string value(count, '\0');
    for (std::size_t i = 0; i < count; ++i)
        value[i] = static_cast<char>(i * 7 % 256);
    return value;
}

// An item to begin with, from a store that is in no hurry.
void writeValue() {
    KeychainStore store("keybearer");
    ASSERT_EQ(wordsOf(writeTo(store, "one", "value")), "fine");
}

TEST(KeychainStoreTest, BinaryValueComesBackUnchanged) {
    KeychainStore store("keybearer");
    EXPECT_EQ(store.health().state, State::Unknown);
    const std::string value("a\0b\xff\xfe", 5);
    ASSERT_EQ(wordsOf(writeTo(store, "one", value)), "fine");
    const Result<Secret> found = readFrom(store, "one");
    ASSERT_EQ(wordsOf(found), "fine");
    EXPECT_TRUE(found->equals(value));
    EXPECT_EQ(store.health().state, State::Ready);
    EXPECT_EQ(store.health().backend, "keychain");
}

TEST(KeychainStoreTest, LongAndEmptyValuesComeBackUnchanged) {
    KeychainStore store("keybearer");
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{6000}, std::size_t{70000}}) {
        ASSERT_EQ(wordsOf(writeTo(store, "one", bytes(size))), "fine") << size;
        const Result<Secret> found = readFrom(store, "one");
        ASSERT_EQ(wordsOf(found), "fine") << size;
        EXPECT_TRUE(found->equals(bytes(size))) << size;
    }
}

TEST(KeychainStoreTest, WriteReplacesTheOneItem) {
    KeychainStore store("keybearer");
    ASSERT_EQ(wordsOf(writeTo(store, "one", "old")), "fine");
    ASSERT_EQ(wordsOf(writeTo(store, "one", "new")), "fine");
    EXPECT_TRUE(readFrom(store, "one")->equals("new"));
    EXPECT_EQ(KeyringSession::items("keybearer", "one").size(), 1);
}

TEST(KeychainStoreTest, AbsentIsNotFoundAndHealthy) {
    KeychainStore store("keybearer");
    EXPECT_EQ(readFrom(store, "none").error().code, ErrorCode::NotFound);
    EXPECT_EQ(store.health().state, State::Ready);
    EXPECT_EQ(store.health().problem, "");
}

TEST(KeychainStoreTest, ErasedItemIsGone) {
    KeychainStore store("keybearer");
    ASSERT_EQ(wordsOf(writeTo(store, "one", "value")), "fine");
    ASSERT_EQ(KeyringSession::items("keybearer", "one").size(), 1);
    EXPECT_EQ(wordsOf(eraseFrom(store, "one")), "fine");
    EXPECT_EQ(KeyringSession::items("keybearer", "one").size(), 0);
    EXPECT_EQ(wordsOf(eraseFrom(store, "one")), "fine") << "erasing what is not there is no failure";
}

TEST(KeychainStoreTest, LabelIsWhatThePersonSees) {
    KeychainStore store("keybearer");
    ASSERT_EQ(wordsOf(writeTo(store, "one", "value", "Keybearer: GitHub, ana@example.com")), "fine");
    QStringList items = KeyringSession::items("keybearer", "one");
    ASSERT_EQ(items.size(), 1);
    EXPECT_EQ(KeyringSession::labelOf(items[0]), "Keybearer: GitHub, ana@example.com");
    ASSERT_EQ(wordsOf(writeTo(store, "one", "value", "Keybearer: GitHub, work\nsecond line")), "fine");
    items = KeyringSession::items("keybearer", "one");
    ASSERT_EQ(items.size(), 1);
    EXPECT_EQ(KeyringSession::labelOf(items[0]), "Keybearer: GitHub, work\\u{A}second line");
}

TEST(KeychainStoreTest, NamespacesShareNothing) {
    KeychainStore usual(keychainNamespace(""));
    KeychainStore other(keychainNamespace("/home/ana/elsewhere"));
    ASSERT_EQ(wordsOf(writeTo(usual, "one", "usual")), "fine");
    EXPECT_EQ(readFrom(other, "one").error().code, ErrorCode::NotFound);
    ASSERT_EQ(wordsOf(writeTo(other, "one", "other")), "fine");
    ASSERT_EQ(wordsOf(eraseFrom(other, "one")), "fine");
    EXPECT_TRUE(readFrom(usual, "one")->equals("usual"));
}

TEST(KeychainStoreTest, NamespaceIsStableAndReadable) {
    EXPECT_EQ(keychainNamespace(""), "keybearer");
    EXPECT_EQ(keychainNamespace("/a").size(), std::string("keybearer:").size() + 8);
    EXPECT_EQ(keychainNamespace("/a"), keychainNamespace("/a"));
    EXPECT_NE(keychainNamespace("/a"), keychainNamespace("/b"));
}

TEST(KeychainStoreTest, CallsOnOneItemRunInOrderAndAnswerLater) {
    KeychainStore store("keybearer");
    std::string order;
    store.write("one", "label", Secret::copyOf("first"),
                [&](const Result<void>& r) { order += r ? "w" : "!"; });
    store.read("one", [&](const Result<Secret>& r) { order += r && r->equals("first") ? "r" : "!"; });
    store.erase("one", [&](const Result<void>& r) { order += r ? "e" : "!"; });
    store.read("one", [&](const Result<Secret>& r) { order += r ? "!" : "a"; });
    EXPECT_EQ(order, "");
    ASSERT_TRUE(spinUntil([&] { return order.size() == 4; }));
    EXPECT_EQ(order, "wrea");
}

TEST(KeychainStoreTest, CollectionThatDoesNotLastIsToldAndOneThatDoesIsNot) {
    KeychainStore store("keybearer");
    ASSERT_EQ(wordsOf(writeTo(store, "lasting", "value")), "fine");
    EXPECT_EQ(store.health().problem, "");
    KeyringSession::setDefault("/org/freedesktop/secrets/collection/session");
    ASSERT_EQ(wordsOf(writeTo(store, "volatile", "value")), "fine");
    EXPECT_EQ(store.health().state, State::Ready);
    EXPECT_NE(store.health().problem.find("until you log out"), std::string::npos) << store.health().problem;
    EXPECT_NE(store.health().action.find("backend: file"), std::string::npos);
    EXPECT_EQ(wordsOf(eraseFrom(store, "volatile")), "fine");
    KeyringSession::setDefault("/");
    const Result<void> nowhere = writeTo(store, "nowhere", "value");
    EXPECT_FALSE(nowhere);
    EXPECT_NE(wordsOf(nowhere).find("no default keyring"), std::string::npos) << wordsOf(nowhere);
    KeyringSession::setDefault("/org/freedesktop/secrets/collection/login");
    ASSERT_EQ(wordsOf(writeTo(store, "lasting", "value")), "fine");
    EXPECT_EQ(store.health().problem, "");
}

// T-42: "not found" and "deleted" are what QtKeychain says of a locked ring.
TEST(KeychainStoreTest, LockedRingIsNeitherAbsentNorErased) {
    KeychainStore store("keybearer");
    ASSERT_EQ(wordsOf(writeTo(store, "one", "value")), "fine");
    KeyringSession::lock();
    EXPECT_EQ(wordsOf(readFrom(store, "one")), "store_locked: the keyring is locked");
    EXPECT_EQ(store.health().state, State::Locked);
    EXPECT_NE(store.health().action, "");
    EXPECT_EQ(wordsOf(eraseFrom(store, "one")), "store_locked: the keyring is locked");
    EXPECT_EQ(wordsOf(writeTo(store, "one", "newer")), "store_locked: the keyring is locked");
    KeyringSession::unlock();
    const Result<Secret> found = readFrom(store, "one");
    ASSERT_EQ(wordsOf(found), "fine");
    EXPECT_TRUE(found->equals("value"));
    EXPECT_EQ(store.health().state, State::Ready);
}

TEST(KeychainStoreTest, StoppedKeyringCostsOneDeadlineThenFailsAtOnceThenRecovers) {
    writeValue();
    KeychainStore store("keybearer", 1s);
    KeyringSession::signalKeyring(SIGSTOP);
    QElapsedTimer passed;
    passed.start();
    EXPECT_EQ(wordsOf(readFrom(store, "one")), "store_unavailable: the keyring does not answer");
    EXPECT_GE(passed.elapsed(), 900);
    EXPECT_LT(passed.elapsed(), 10000) << "the 25 s of the bus were waited for";
    EXPECT_EQ(store.health().state, State::Unavailable);
    EXPECT_EQ(store.health().problem, "the keyring does not answer");
    EXPECT_NE(store.health().action, "");

    passed.restart();
    EXPECT_EQ(wordsOf(writeTo(store, "one", "newer")), "store_unavailable: the keyring does not answer");
    EXPECT_EQ(wordsOf(eraseFrom(store, "one")), "store_unavailable: the keyring does not answer");
    EXPECT_LT(passed.elapsed(), 1900) << "a call waited behind a job that hangs";

    KeyringSession::signalKeyring(SIGCONT);
    ASSERT_TRUE(spinUntil([&] { return store.health().state == State::Unknown; }));
    KeychainStore patient("keybearer");
    const Result<Secret> found = readFrom(patient, "one");
    ASSERT_EQ(wordsOf(found), "fine");
    EXPECT_TRUE(found->equals("value"));
}

TEST(KeychainStoreTest, CallsQueuedBehindAHangingJobFailWithIt) {
    writeValue();
    KeychainStore store("keybearer", 400ms);
    KeyringSession::signalKeyring(SIGSTOP);
    int failed = 0;
    QElapsedTimer passed;
    passed.start();
    for (int i = 0; i < 20; ++i)
        store.read("one", [&](const Result<Secret>& r) { failed += r ? 0 : 1; });
    ASSERT_TRUE(spinUntil([&] { return failed == 20; }));
    EXPECT_LT(passed.elapsed(), 4000) << "one deadline for all, not one each";
    KeyringSession::signalKeyring(SIGCONT);
    ASSERT_TRUE(spinUntil([&] { return store.health().state == State::Unknown; }));
}

TEST(KeychainStoreTest, StoreMayGoWhileAJobHangs) {
    writeValue();
    auto store = std::make_unique<KeychainStore>("keybearer", 200ms);
    KeyringSession::signalKeyring(SIGSTOP);
    EXPECT_FALSE(writeTo(*store, "one", "newer").has_value());
    bool called = false;
    store->read("one", [&](const Result<Secret>&) { called = true; });
    store.reset();
    KeyringSession::signalKeyring(SIGCONT);
    // The job ends by itself; the next store has to wait for it inside QtKeychain, and finds its value.
    KeychainStore next("keybearer");
    const Result<Secret> found = readFrom(next, "one");
    ASSERT_EQ(wordsOf(found), "fine");
    EXPECT_TRUE(found->equals("newer"));
    EXPECT_FALSE(called);
}

TEST(KeychainStoreTest, OpenPasswordPromptIsALockedRingAndNotADeadOne) {
    writeValue();
    KeyringSession::lock();
    KeychainStore store("keybearer", 1s);
    {
        const SilentPrompter prompter;
        EXPECT_EQ(wordsOf(readFrom(store, "one")), "store_locked: the keyring is waiting to be unlocked");
        EXPECT_TRUE(prompter.shown());
        EXPECT_EQ(store.health().state, State::Locked);
        EXPECT_EQ(wordsOf(eraseFrom(store, "one")), "store_locked: the keyring is waiting to be unlocked");
    }
    // The prompt is gone, and with it the job that waited for it.
    ASSERT_TRUE(spinUntil([&] { return store.health().state == State::Unknown; }));
    KeyringSession::unlock();
    KeychainStore patient("keybearer");
    const Result<Secret> found = readFrom(patient, "one");
    ASSERT_EQ(wordsOf(found), "fine");
    EXPECT_TRUE(found->equals("value"));
}

// The bus starts the keyring anew, and locked: QtKeychain calls that "not found".
TEST(KeychainStoreTest, KilledKeyringIsNotAnEmptyOne) {
    KeychainStore store("keybearer", 3s);
    ASSERT_EQ(wordsOf(writeTo(store, "one", "value")), "fine");
    KeyringSession::signalKeyring(SIGKILL);
    ASSERT_TRUE(spinUntil([] { return KeyringSession::keyringPid() == 0; }));
    const Result<Secret> found = readFrom(store, "one");
    ASSERT_FALSE(found.has_value());
    EXPECT_TRUE(found.error().code == ErrorCode::StoreLocked ||
                found.error().code == ErrorCode::StoreUnavailable)
        << wordsOf(found);
    const Result<void> erased = eraseFrom(store, "one");
    EXPECT_FALSE(erased.has_value()) << "an item that is still there was called erased";
    KeyringSession::unlock();
    const Result<Secret> again = readFrom(store, "one");
    ASSERT_EQ(wordsOf(again), "fine");
    EXPECT_TRUE(again->equals("value"));
}

TEST(KeychainStoreTest, LostBusIsAnErrorAndNotTheEndOfTheProcess) {
    KeychainStore store("keybearer", 2s);
    ASSERT_EQ(wordsOf(writeTo(store, "one", "value")), "fine");
    const qint64 bus = KeyringSession::busPid();
    ASSERT_GT(bus, 0);
    ASSERT_EQ(::kill(static_cast<pid_t>(bus), SIGKILL), 0);
    for (int i = 0; i < 3; ++i) {
        const Result<Secret> found = readFrom(store, "one");
        ASSERT_FALSE(found.has_value());
        EXPECT_EQ(found.error().code, ErrorCode::StoreUnavailable);
        EXPECT_NE(found.error().action, "");
    }
}

} // namespace
} // namespace keybearer::test

namespace keybearer {

INSTANTIATE_TEST_SUITE_P(Keychain, StoreContract,
                         ::testing::Values(StoreMaker{
                             "GnomeKeyring",
                             [](bool) { return std::make_unique<KeychainStore>("keybearer:contract"); }}),
                         storeMakerName);

} // namespace keybearer
