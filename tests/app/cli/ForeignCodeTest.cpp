#include "app/cli/ForeignCode.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

using Variables = std::vector<std::string>;

TEST(ForeignCode, T05_WhatBringsCodeAlongIsNamedAndNothingElse) {
    const char* const environment[] = {
        "HOME=/home/ana",        "LD_PRELOAD=/tmp/x.so", "NODE_OPTIONS=", "PATH=/bin",
        "PYTHONUSERBASE=/tmp/p", "LD_PRELOADED=no",      nullptr};
    EXPECT_EQ(foreignCodeIn(environment), (Variables{"LD_PRELOAD=/tmp/x.so", "PYTHONUSERBASE=/tmp/p"}));
    EXPECT_TRUE(foreignCodeIn(nullptr).empty());
}

TEST(ForeignCode, T05_ASecondOneOfTheSameNameDoesNotHideBehindTheFirst) {
    const char* const environment[] = {"BASH_ENV=", "BASH_ENV=/tmp/evil.sh", "LD_PRELOAD=/a", "LD_PRELOAD=/b",
                                       nullptr};
    EXPECT_EQ(foreignCodeIn(environment),
              (Variables{"BASH_ENV=/tmp/evil.sh", "LD_PRELOAD=/a", "LD_PRELOAD=/b"}));
}

TEST(ForeignCode, T05_AFunctionThatAShellHandsOnTakesTheCommandsPlace) {
    const char* const environment[] = {"BASH_FUNC_ls%%=() { evil; }", "BASH_FUNCTION=x", nullptr};
    EXPECT_EQ(foreignCodeIn(environment), Variables{"BASH_FUNC_ls%%=() { evil; }"});
}

} // namespace
} // namespace keybearer
