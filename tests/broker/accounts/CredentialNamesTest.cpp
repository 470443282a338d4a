#include "broker/accounts/CredentialNames.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

CredentialRecord record(const std::string& id, const std::string& provider, const std::string& subject) {
    CredentialRecord out;
    out.id = id;
    out.provider = provider;
    out.issuer = "https://" + provider + ".example";
    out.account = {subject, subject + "@example.com"};
    return out;
}

using Ids = CredentialNames::Ids;

TEST(CredentialNames, EveryWordLeadsToIt) {
    CredentialNames names;
    CredentialRecord one = record("s_1", "corp", "42");
    one.resource = "https://mcp.example";
    names.put(one);
    names.put(record("s_2", "corp", "43"));
    EXPECT_EQ(names.ofProvider("corp"), (Ids{"s_1", "s_2"}));
    for (const char* word : {"42", "42@example.com", "s_1"})
        EXPECT_EQ(names.ofAccount("corp", word), (Ids{"s_1"})) << word;
    EXPECT_EQ(names.ofAddress("https://mcp.example"), (Ids{"s_1"}));
    EXPECT_EQ(names.ofAddress("https://corp.example"), (Ids{"s_1", "s_2"}));
}

TEST(CredentialNames, AProviderAndAnAccountAreNotRunTogether) {
    CredentialNames names;
    names.put(record("s_1", "a", "bc"));
    EXPECT_TRUE(names.ofAccount("ab", "c").empty());
}

TEST(CredentialNames, ChangedWordsTakeThePlaceOfTheOld) {
    CredentialNames names;
    names.put(record("s_1", "corp", "42"));
    CredentialRecord renamed = record("s_1", "corp", "42");
    renamed.account.label = "work";
    names.put(renamed);
    EXPECT_TRUE(names.ofAccount("corp", "42@example.com").empty());
    EXPECT_EQ(names.ofAccount("corp", "work"), (Ids{"s_1"}));
    EXPECT_EQ(names.ofAccount("corp", "42"), (Ids{"s_1"}));
}

TEST(CredentialNames, WhatIsRemovedLeavesNothingBehind) {
    CredentialNames names;
    CredentialRecord same = record("s_1", "corp", "42");
    same.account.label = same.account.subject; // found twice under one word
    names.put(same);
    names.remove("s_1");
    names.remove("s_1");
    EXPECT_TRUE(names.ofProvider("corp").empty());
    EXPECT_TRUE(names.ofAccount("corp", "42").empty());
    EXPECT_TRUE(names.ofAddress("https://corp.example").empty());
    EXPECT_FALSE(names.hasPlain("corp", {}));
}

TEST(CredentialNames, PlainSignInsAreCountedByKind) {
    CredentialNames names;
    CredentialRecord bound = record("s_1", "corp", "42");
    bound.resource = "https://mcp.example";
    names.put(bound);
    EXPECT_FALSE(names.hasPlain("corp", {}));
    CredentialRecord machine = record("s_2", "corp", "robot");
    machine.kind = CredentialKind::JwtBearer;
    names.put(machine);
    EXPECT_TRUE(names.hasPlain("corp", {}));
    EXPECT_TRUE(names.hasPlain("corp", {CredentialKind::SignIn, CredentialKind::JwtBearer}));
    EXPECT_FALSE(names.hasPlain("corp", {CredentialKind::SignIn}));
    machine.resource = "https://mcp.example";
    names.put(machine);
    EXPECT_FALSE(names.hasPlain("corp", {}));
}

} // namespace
} // namespace keybearer
