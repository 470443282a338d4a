#include "broker/config/ConfigText.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

const Environment environment = {{"NAME", "value"}, {"EMPTY", ""}, {"NESTED", "${NAME}"}};

TEST(ConfigText, VariablesAreReplacedAnywhereInTheText) {
    EXPECT_EQ(*expandVariables("${NAME}", environment), "value");
    EXPECT_EQ(*expandVariables("a${NAME}b${NAME}c", environment), "avaluebvaluec");
    EXPECT_EQ(*expandVariables("", environment), "");
    EXPECT_EQ(*expandVariables("${EMPTY}", environment), "");
}

TEST(ConfigText, DefaultStandsInForUnsetAndEmptyVariables) {
    EXPECT_EQ(*expandVariables("${NONE:-other}", environment), "other");
    EXPECT_EQ(*expandVariables("${EMPTY:-other}", environment), "other");
    EXPECT_EQ(*expandVariables("${NAME:-other}", environment), "value");
    EXPECT_EQ(*expandVariables("${NONE:-}", environment), "");
    EXPECT_EQ(*expandVariables("${NONE:-https://a.example:8443/}", environment), "https://a.example:8443/");
}

TEST(ConfigText, TwoDollarSignsAreOneAndALoneOneIsItself) {
    EXPECT_EQ(*expandVariables("$$", environment), "$");
    EXPECT_EQ(*expandVariables("$${NAME}", environment), "${NAME}");
    EXPECT_EQ(*expandVariables("pa$word$", environment), "pa$word$");
}

TEST(ConfigText, ReplacementIsNotLookedThroughAgain) {
    EXPECT_EQ(*expandVariables("${NESTED}", environment), "${NAME}");
}

TEST(ConfigText, UnsetVariableIsNamed) {
    const auto expanded = expandVariables("x${NONE}", environment);
    ASSERT_FALSE(expanded.has_value());
    EXPECT_NE(expanded.error().find("NONE is not set"), std::string::npos);
}

TEST(ConfigText, WhatIsNoVariableIsRefused) {
    for (const char* text :
         {"${", "${NAME", "${}", "${1A}", "${A B}", "${NAME-x}", "${NAME:+x}", "${NAME:=x}", "${NAME:}"})
        EXPECT_FALSE(expandVariables(text, environment).has_value()) << text;
}

TEST(ConfigText, EndlessReplacementIsRefused) {
    const Environment large = {{"LARGE", std::string(40'000, 'x')}};
    EXPECT_TRUE(expandVariables("${LARGE}", large).has_value());
    EXPECT_FALSE(expandVariables("${LARGE}${LARGE}", large).has_value());
}

} // namespace
} // namespace keybearer
