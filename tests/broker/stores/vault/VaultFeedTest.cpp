#include "broker/stores/vault/VaultFeed.h"

#include <gtest/gtest.h>

namespace keybearer {

namespace {

using Change = VaultChanges::Change;

TEST(VaultChanges, ComeBackAsTheyWereWritten) {
    const VaultChanges changes = withChanges({}, {{"item/a", 1}, {"item/b", 0}});
    EXPECT_EQ(changes.sequence, 2U);
    const VaultChanges back = readVaultChanges(packVaultChanges(changes));
    EXPECT_EQ(back.sequence, 2U);
    EXPECT_EQ(back.recent, changes.recent);
}

TEST(VaultChanges, OnlyWhatIsNewIsTold) {
    VaultChanges changes = withChanges({}, {{"item/a", 1}});
    changes = withChanges(changes, {{"item/a", 2}});
    EXPECT_EQ(changesAfter(1, changes), (std::vector<Change>{{"item/a", 2}}));
    EXPECT_TRUE(changesAfter(2, changes)->empty());
}

TEST(VaultChanges, MoreThanTheRecordHoldsOrARecordPutBackMeansToCompare) {
    VaultChanges changes;
    for (int i = 0; i < 300; ++i)
        changes = withChanges(std::move(changes), {{"item/" + std::to_string(i), 1}});
    EXPECT_EQ(changes.sequence, 300U);
    EXPECT_LE(changes.recent.size(), 256U);
    EXPECT_FALSE(changesAfter(20, changes));
    EXPECT_EQ(changesAfter(100, changes)->size(), 200U);
    EXPECT_FALSE(changesAfter(301, changes));
}

TEST(VaultChanges, WhatCannotBeReadIsNoChange) {
    for (const char* text : {R"({})", R"(null)", R"({"sequence":1})", R"({"sequence":-1,"recent":[]})",
                             R"({"sequence":1,"recent":[{"name":"../x","revision":1}]})",
                             R"({"sequence":1,"recent":[{"name":"x"}]})", R"({"sequence":1,"recent":[1]})",
                             R"({"sequence":0,"recent":[{"name":"x","revision":1}]})"}) {
        const VaultChanges changes = readVaultChanges(*parseJson(text));
        EXPECT_EQ(changes.sequence, 0U) << text;
        EXPECT_TRUE(changes.recent.empty()) << text;
    }
}

} // namespace

} // namespace keybearer
