#include "broker/access/IdentityEvidence.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

class IdentityEvidenceTest : public ::testing::Test {
protected:
    IdentityEvidenceTest() {
        facts.startTime = 1;
        facts.parentPid = 7;
        facts.executable = "/usr/bin/tool";
        facts.systemOwned = true;
        facts.ancestors = {{7, 5, "/usr/bin/bash"}};
        caller.pid = 42;
        caller.executableHash = "ab";
    }
    [[nodiscard]] IdentityClass classified(bool changed = false) {
        takeFacts(caller, facts);
        return identityOf(caller, facts, changed);
    }
    ProcessFacts facts;
    Caller caller;
};

TEST_F(IdentityEvidenceTest, SystemsBinaryIsNative) {
    EXPECT_EQ(classified(), IdentityClass::Native);
    EXPECT_EQ(caller.startedBy, "/usr/bin/bash");
    EXPECT_EQ(caller.parentStartTime, 5U);
}

TEST_F(IdentityEvidenceTest, WhatItsUserCanReplaceIsUnknown) {
    facts.systemOwned = false;
    EXPECT_EQ(classified(), IdentityClass::Unknown);
}

TEST_F(IdentityEvidenceTest, NothingNativeWithoutAHash) {
    caller.executableHash.clear();
    EXPECT_EQ(classified(), IdentityClass::Unknown);
}

TEST_F(IdentityEvidenceTest, T_03_WhoBecameAnotherProgramIsUnknown) {
    EXPECT_EQ(classified(true), IdentityClass::Unknown);
    facts.sandbox = "flatpak:org.example.App";
    EXPECT_EQ(classified(true), IdentityClass::Unknown);
}

TEST_F(IdentityEvidenceTest, DeletedInMemoryForeignAndUnreadableAreUnknown) {
    for (bool ProcessFacts::*fact :
         {&ProcessFacts::deleted, &ProcessFacts::inMemory, &ProcessFacts::foreignCode}) {
        facts.*fact = true;
        EXPECT_EQ(classified(), IdentityClass::Unknown);
        facts.*fact = false;
    }
    facts.executable.clear();
    EXPECT_EQ(classified(), IdentityClass::Unknown);
}

TEST_F(IdentityEvidenceTest, R4_ScriptNeedsAFileAndItsHash) {
    facts.interpreter = true;
    EXPECT_EQ(classified(), IdentityClass::Unknown);
    facts.script = "/home/ana/ask.py";
    EXPECT_EQ(classified(), IdentityClass::Unknown);
    caller.scriptHash = "cd";
    EXPECT_EQ(classified(), IdentityClass::Script);
}

TEST_F(IdentityEvidenceTest, ContainersAndRemoteShellsAreRemoteAndSandboxesAreNot) {
    facts.otherNamespace = true;
    EXPECT_EQ(classified(), IdentityClass::Remote);
    facts.otherNamespace = false;
    facts.relay = true;
    EXPECT_EQ(classified(), IdentityClass::Remote);
    facts.relay = false;
    caller.pid = 0;
    EXPECT_EQ(classified(), IdentityClass::Remote);
    facts.sandbox = "snap:code";
    EXPECT_EQ(classified(), IdentityClass::Sandboxed);
}

TEST_F(IdentityEvidenceTest, ParentOutsideTheSessionIsNotGuessed) {
    facts.ancestors.clear();
    static_cast<void>(classified());
    EXPECT_EQ(caller.startedBy, "");
    EXPECT_EQ(caller.parentStartTime, 0U);
}

} // namespace
} // namespace keybearer
