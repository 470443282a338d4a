#include "broker/stores/vault/VaultEntry.h"

#include <gtest/gtest.h>

namespace keybearer {

namespace {

using namespace std::chrono_literals;

const WallTime now = fromUnixSeconds(1'900'000'000);

VaultSeen seen(std::uint64_t version, std::uint64_t revision, std::string sealed) {
    VaultSeen out;
    out.version = version;
    out.entry.revision = revision;
    out.entry.sealed = std::move(sealed);
    return out;
}

TEST(VaultEntry, ComesBackAsItWasWritten) {
    VaultEntry entry;
    entry.revision = 7;
    entry.sealed = std::string("\0\xff{}\"", 5);
    entry.expires = now + 1h;
    entry.owner = "broker-a";
    entry.fence = 9;
    entry.until = now + 30s;
    entry.abandoned = true;
    const Result<VaultEntry> back = readVaultEntry(packVaultEntry(entry));
    ASSERT_TRUE(back);
    EXPECT_EQ(*back, entry);
}

TEST(VaultEntry, WhatIsNotOursIsRefusedWithWhatToDo) {
    for (const char* text :
         {R"({})", R"({"revision":-1,"sealed":""})", R"({"revision":1,"sealed":5})",
          R"({"revision":"1","sealed":""})", R"({"revision":1,"sealed":"not base64url!"})",
          R"({"revision":1,"sealed":"","lease":{}})", R"({"revision":1,"sealed":"","lease":7})",
          R"({"revision":1,"sealed":"","lease":{"owner":"","fence":1,"until":1}})",
          R"({"revision":1,"sealed":"","expires":"soon"})"}) {
        const Result<VaultEntry> entry = readVaultEntry(*parseJson(text));
        ASSERT_FALSE(entry) << text;
        EXPECT_EQ(entry.error().code, ErrorCode::ParseError);
        EXPECT_NE(entry.error().action, "");
    }
}

TEST(VaultEntry, OurOwnWriteWhoseAnswerWasLostIsNoConflict) {
    const RemoteRecords::Write write{"item/x", 1, {2, "mine"}};
    EXPECT_TRUE(decidePut(write, seen(3, 1, "before"), now).write);
    const VaultDecision again = decidePut(write, seen(4, 2, "mine"), now);
    EXPECT_FALSE(again.error);
    EXPECT_FALSE(again.write);
    EXPECT_TRUE(decidePut(write, seen(4, 2, "somebody else's"), now).error);
}

TEST(VaultEntry, ThePresenceOfAHigherFenceRefusesAWrite) {
    VaultSeen there = seen(5, 1, "x");
    there.entry.owner = "broker-b";
    there.entry.fence = 5;
    const auto put = [&](std::uint64_t fence) {
        return decidePut({"item/x", 1, {2, "y"}, fence}, there, now);
    };
    EXPECT_TRUE(put(4).error);
    EXPECT_TRUE(put(5).write);
    EXPECT_TRUE(put(0).write) << "none is needed";
    EXPECT_EQ(put(5).write->owner, "broker-b") << "the lease stays";
}

TEST(VaultEntry, TheFenceOfALeaseIsTheVersionThatItMakes) {
    const VaultDecision first = decideLease("a", 30s, seen(6, 2, "x"), now);
    ASSERT_TRUE(first.write);
    EXPECT_EQ(first.lease.fence, 7U);
    EXPECT_EQ(first.lease.revision, 2U);
    EXPECT_FALSE(first.lease.abandoned);
    EXPECT_EQ(first.write->sealed, "x");
    const VaultDecision longer = decideLease("a", 30s, {7, *first.write}, now + 20s);
    EXPECT_EQ(longer.lease.fence, 7U);
    EXPECT_GT(longer.write->until, first.write->until);
    const VaultDecision other = decideLease("b", 30s, {8, *longer.write}, now + 21s);
    ASSERT_TRUE(other.error);
    EXPECT_EQ(other.error->code, ErrorCode::RateLimited);
    EXPECT_EQ(other.error->retryAfter, 30s);
    const VaultDecision late = decideLease("b", 30s, {8, *longer.write}, now + 60s);
    EXPECT_EQ(late.lease.fence, 9U);
    EXPECT_TRUE(late.lease.abandoned);
}

TEST(VaultEntry, AnOverdueLeaseOfItsOwnerKeepsItsFenceAndSaysSo) {
    const VaultDecision first = decideLease("a", 10s, seen(1, 1, "x"), now);
    const VaultDecision again = decideLease("a", 10s, {2, *first.write}, now + 60s);
    EXPECT_EQ(again.lease.fence, first.lease.fence) << "what it writes now must not lose against itself";
    EXPECT_TRUE(again.lease.abandoned) << "it may have begun something, and ended";
}

TEST(VaultEntry, OnlyTheOwnerGivesBack) {
    const VaultDecision taken = decideLease("a", 10s, seen(1, 1, "x"), now);
    const VaultSeen there{2, *taken.write};
    EXPECT_FALSE(decideGiveBack("b", 2, there).write);
    EXPECT_FALSE(decideGiveBack("a", 1, there).write);
    const VaultDecision given = decideGiveBack("a", 2, there);
    ASSERT_TRUE(given.write);
    EXPECT_FALSE(decideLease("b", 10s, {3, *given.write}, now + 1s).lease.abandoned);
}

TEST(VaultEntry, AnEmptyEntryStaysAWeekForItsFencesSake) {
    const VaultDecision erased = decideErase(1, seen(3, 1, "x"), now);
    ASSERT_TRUE(erased.write);
    EXPECT_EQ(erased.write->sealed, "");
    EXPECT_EQ(revisionAt(*erased.write, now), 0U);
    EXPECT_FALSE(mayBeRemoved(*erased.write, now + 24h));
    EXPECT_TRUE(mayBeRemoved(*erased.write, now + 24h * 8));
    EXPECT_TRUE(decideErase(1, seen(3, 2, "x"), now).error);
    EXPECT_FALSE(decideErase(1, {4, *erased.write}, now).error) << "fine if it is gone";
    EXPECT_FALSE(mayBeRemoved(seen(3, 1, "x").entry, now + 24h * 999));
}

TEST(VaultEntry, WhatHasALifeEndsByTheServersClock) {
    const VaultDecision put = decidePut({"x", 0, {1, "x"}, 0, 60s}, seen(0, 0, ""), now);
    EXPECT_EQ(revisionAt(*put.write, now + 59s), 1U);
    EXPECT_EQ(revisionAt(*put.write, now + 62s), 0U);
    EXPECT_FALSE(mayBeRemoved(*put.write, now + 2h));
    EXPECT_TRUE(mayBeRemoved(*put.write, now + 24h * 8));
}

} // namespace

} // namespace keybearer
